package io.librarysync.jmx;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.server.RMIServerSocketFactory;

/** Listens on one address only; equal to itself alone, so that registry and connector share one port. */
final class LoopbackSockets implements RMIServerSocketFactory {
    private static final int BACKLOG = 16;

    private final InetAddress address;
    private volatile int port;

    LoopbackSockets(InetAddress address) {
        this.address = address;
    }

    @Override
    public ServerSocket createServerSocket(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket(wanted, BACKLOG, address);
        port = socket.getLocalPort();
        return socket;
    }

    String host() {
        return address.getHostAddress();
    }

    /** The port in use. */
    int port() {
        return port;
    }
}
