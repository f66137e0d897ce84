package io.librarysync.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that requests to one server may name: the loopback interface, the address it was told to listen on, and where
 * that means every address, the one that the request has reached and the name of this machine. A page that has its own
 * name point here names itself, and is none of these.
 */
record OwnHosts(boolean everywhere, Set<String> names) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d+$");

    OwnHosts {
        names = Set.copyOf(names);
    }

    static OwnHosts of(InetSocketAddress listening) {
        boolean everywhere = listening.getAddress().isAnyLocalAddress();
        Set<String> names = new HashSet<>(LOOPBACK);
        names.add(literal(listening.getHostString()));
        if (everywhere) {
            names.addAll(nameOfThisMachine());
        }
        return new OwnHosts(everywhere, names);
    }

    /**
     * Whether a request may name this host.
     *
     * @param host the header, with or without a port
     * @param reached the address of this machine that the request came to
     */
    boolean include(@Nullable String host, InetAddress reached) {
        if (host == null) {
            return false;
        }
        String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
        return names.contains(name) || (everywhere && isLiteralOf(name, reached));
    }

    private static boolean isLiteralOf(String name, InetAddress address) {
        if (!name.startsWith("[")) {
            return name.equals(address.getHostAddress());
        }
        try {
            return InetAddress.getByName(name).equals(address); // in brackets nothing but a literal is taken
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Set<String> nameOfThisMachine() {
        try {
            return Set.of(literal(InetAddress.getLocalHost().getHostName()));
        } catch (UnknownHostException e) {
            return Set.of();
        }
    }

    private static String literal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
    }
}
