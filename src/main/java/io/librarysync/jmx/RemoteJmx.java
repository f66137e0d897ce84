package io.librarysync.jmx;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.rmi.NoSuchObjectException;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXPrincipal;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.management.remote.rmi.RMIJRMPServerImpl;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JMX over RMI for clients that cannot attach: registry and connector on one port of the loopback interface, user {@code sd}
 * with the token as password, our beans only. The registry holds the connector, and nobody outside can change it.
 */
public final class RemoteJmx implements AutoCloseable {
    public static final String USER = "sd";

    private static final Logger LOG = LoggerFactory.getLogger(RemoteJmx.class);
    private static final String BOUND_NAME = "jmxrmi";
    private static final String STUB_HOST = "java.rmi.server.hostname";
    private static final String CREDENTIALS = "java.lang.String;maxarray=2;maxdepth=2;!*";
    private static final String ARGUMENTS = "java.lang.*;java.math.*;java.util.*;java.rmi.MarshalledObject;"
            + "javax.management.**;javax.security.auth.Subject;maxdepth=20;maxarray=10000;maxbytes=1000000;!*";

    private final LoopbackSockets sockets;
    private final Registry registry;
    private final RMIConnectorServer connector;

    private RemoteJmx(LoopbackSockets sockets, Registry registry, RMIConnectorServer connector) {
        this.sockets = sockets;
        this.registry = registry;
        this.connector = connector;
    }

    /**
     * Serves until closed. An address that is not of the loopback interface is an {@link IllegalArgumentException}, one that
     * cannot be used an {@link IOException}; both say which and what to do.
     *
     * @param address port 0 picks a free one
     * @param token says whether a password is the token
     */
    public static RemoteJmx start(BeanServer server, InetSocketAddress address, Predicate<String> token)
            throws IOException {
        InetAddress host = address.getAddress();
        if (host == null || !host.isLoopbackAddress()) {
            throw new IllegalArgumentException("jmx: served on the loopback interface only, found "
                    + address.getHostString() + "; use 127.0.0.1, and a tunnel from elsewhere");
        }
        if (System.getProperty(STUB_HOST) == null) {
            System.setProperty(STUB_HOST, host.getHostAddress());
        }
        LoopbackSockets sockets = new LoopbackSockets(host);
        Registry registry = registry(address, sockets);
        try {
            return serve(server, token, sockets, registry);
        } catch (IOException | RuntimeException e) {
            unexport(registry);
            throw e;
        }
    }

    private static Registry registry(InetSocketAddress address, LoopbackSockets sockets) throws IOException {
        try {
            return LocateRegistry.createRegistry(address.getPort(), null, sockets);
        } catch (RemoteException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "jmx: cannot listen on %s:%d: %s; choose another port, or 0 for any"
                            .formatted(address.getHostString(), address.getPort(), reason.getMessage()),
                    e);
        }
    }

    private static RemoteJmx serve(
            BeanServer server, Predicate<String> token, LoopbackSockets sockets, Registry registry) throws IOException {
        Map<String, ?> environment = Map.of(
                RMIConnectorServer.AUTHENTICATOR, authenticator(token),
                RMIConnectorServer.CREDENTIALS_FILTER_PATTERN, CREDENTIALS,
                RMIConnectorServer.SERIAL_FILTER_PATTERN, ARGUMENTS);
        RMIJRMPServerImpl rmi = new RMIJRMPServerImpl(sockets.port(), null, sockets, environment);
        RMIConnectorServer connector = new RMIConnectorServer(
                new JMXServiceURL("rmi", sockets.host(), sockets.port()), environment, rmi, server.mbeans());
        connector.setMBeanServerForwarder(RemoteAccess.guardForClients(server.mbeans()));
        connector.start();
        registry.rebind(BOUND_NAME, rmi.toStub());
        return new RemoteJmx(sockets, registry, connector);
    }

    /** Where it is served, as {@code HOST:PORT}. */
    public String address() {
        return sockets.authority();
    }

    /** What a client connects to where JMX is served at an {@link #address}. */
    public static String url(String address) {
        return "service:jmx:rmi:///jndi/rmi://" + address + "/" + BOUND_NAME;
    }

    @Override
    public void close() {
        try {
            connector.stop();
        } catch (IOException e) {
            LOG.debug("the JMX connector did not stop cleanly", e);
        }
        unexport(registry);
    }

    private static JMXAuthenticator authenticator(Predicate<String> token) {
        return credentials -> {
            if (credentials instanceof String[] pair
                    && pair.length == 2
                    && USER.equals(pair[0])
                    && matches(token, pair[1])) {
                return new Subject(true, Set.of(new JMXPrincipal(USER)), Set.of(), Set.of());
            }
            throw new SecurityException("refused: the user is " + USER + ", the password is the device's token");
        };
    }

    private static boolean matches(Predicate<String> token, @Nullable String password) {
        return password != null && token.test(password);
    }

    private static void unexport(Registry registry) {
        try {
            UnicastRemoteObject.unexportObject(registry, true);
        } catch (NoSuchObjectException e) {
            LOG.debug("the RMI registry was gone already", e);
        }
    }
}
