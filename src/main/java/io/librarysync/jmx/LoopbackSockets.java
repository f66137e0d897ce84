package io.librarysync.jmx;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMIServerSocketFactory;

/**
 * Listens on one address only; equal to itself alone, so that registry and connector share one port. Whoever connects has
 * no address: a registry of the JDK lets every caller of this machine change it, but none whose origin it cannot tell.
 */
final class LoopbackSockets implements RMIServerSocketFactory {
    private static final int BACKLOG = 16;
    private static final InetAddress NOWHERE = new InetSocketAddress(0).getAddress();

    private final InetAddress address;
    private volatile int port;

    LoopbackSockets(InetAddress address) {
        this.address = address;
    }

    @Override
    public ServerSocket createServerSocket(int wanted) throws IOException {
        ServerSocket socket = new Listening(new InetSocketAddress(address, wanted));
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

    /** Host and port, as in a URL. */
    String authority() {
        return (address instanceof Inet6Address ? "[" + host() + "]" : host()) + ":" + port;
    }

    /** Accepts callers without an address. */
    private static final class Listening extends ServerSocket {

        Listening(InetSocketAddress address) throws IOException {
            super(address.getPort(), BACKLOG, address.getAddress());
        }

        @Override
        public Socket accept() throws IOException {
            Socket caller = new FromNowhere();
            implAccept(caller);
            return caller;
        }
    }

    /** A caller whose address is the one that stands for none. */
    private static final class FromNowhere extends Socket {

        @Override
        public InetAddress getInetAddress() {
            return NOWHERE;
        }
    }
}
