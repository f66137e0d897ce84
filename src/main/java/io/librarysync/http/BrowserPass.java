package io.librarysync.http;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a browser gets in: once by a link with the token, from then on by a cookie. The cookie is worth nothing outside of
 * browsers, cannot be turned back into the token, and outlives a restart of the device. Its name has the device's id, since
 * browsers send the cookies of one port to all ports of a host.
 */
public final class BrowserPass {
    private static final String TOKEN = "token";
    private static final String PURPOSE = "the cookie of the dashboard";

    private final HttpToken token;
    private final String cookie;

    private BrowserPass(HttpToken token, String cookie) {
        this.token = token;
        this.cookie = cookie;
    }

    static BrowserPass of(HttpToken token, String deviceId) {
        return new BrowserPass(
                token, "librarysync-" + deviceId + '=' + HexFormat.of().formatHex(token.sign(PURPOSE)));
    }

    /** The link that opens the dashboard of a device; whoever has it gets in. */
    public static URI link(URI address, String token) {
        return address.resolve(Dashboard.HOME + '?' + TOKEN + '=' + token);
    }

    /** Whether a request follows such a link with the right token, or with an old one by somebody who is in already. */
    boolean isPresented(HttpExchange exchange) {
        List<String> tokens = tokens(exchange.getRequestURI());
        return exchange.getRequestURI().getPath().equals(Dashboard.HOME)
                && (tokens.stream().anyMatch(token::matches) || (!tokens.isEmpty() && hasCookie(exchange)));
    }

    /** Hands out the cookie and leads on, so that the token does not stay in the address bar. */
    Reply welcome() {
        return Reply.seeOther(Dashboard.HOME).withHeader("Set-Cookie", cookie + "; Path=/; HttpOnly; SameSite=Strict");
    }

    /**
     * Whether a request comes from a browser that was let in. A page of another port of this machine is the same site to a
     * browser, which sends the cookie along; but what can change something has to name its origin, which is checked.
     */
    boolean lets(HttpExchange exchange) {
        return hasCookie(exchange)
                && (!canChange(exchange.getRequestURI())
                        || exchange.getRequestHeaders().containsKey("Origin"));
    }

    private static boolean canChange(URI uri) {
        return uri.getPath().startsWith(JolokiaBridge.CONTEXT);
    }

    private static List<String> tokens(URI uri) {
        try {
            return Parameters.of(uri).all(TOKEN);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private boolean hasCookie(HttpExchange exchange) {
        return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                .flatMap(header -> Stream.of(header.split(";", -1)))
                .anyMatch(pair -> isEqual(pair.strip(), cookie));
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
