package io.librarysync.app;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A host and a port, as people write them: {@code 127.0.0.1:7800}, {@code [::1]:7800}; port 0 picks a free one. */
record HostPort(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:\\[\\]]+):(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    static HostPort parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > HIGHEST_PORT) {
            throw new IllegalArgumentException("not HOST:PORT: " + text);
        }
        return new HostPort(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }

    static boolean canRead(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() && Integer.parseInt(matcher.group(2)) <= HIGHEST_PORT;
    }

    /** The addresses of a list with commas. */
    static Stream<String> split(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).filter(text -> !text.isEmpty());
    }

    InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return host + ':' + port;
    }
}
