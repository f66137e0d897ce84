package io.librarysync.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who gets in: requests that name this server as their host, from no foreign page, with the token or a browser's pass.
 * Errors of what lies behind it are answered, not passed on. Every answer says that it is for this origin only and not to be
 * kept.
 */
final class Gate extends Filter {
    static final String USER = "sd";

    private static final String REALM = "realm=\"librarysync\"";

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final HttpToken token;
    private final BrowserPass pass;
    private final OwnHosts hosts;
    private final String open;

    /**
     * The gate of one server.
     *
     * @param pass what a browser gets for the token in a link
     * @param hosts what requests may call this server
     * @param open the one path that needs no token
     */
    Gate(HttpToken token, BrowserPass pass, OwnHosts hosts, String open) {
        this.token = token;
        this.pass = pass;
        this.hosts = hosts;
        this.open = open;
    }

    @Override
    public String description() {
        return "host, origin and token";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        keepToUs(exchange.getResponseHeaders());
        Headers headers = exchange.getRequestHeaders();
        if (!hosts.include(headers.getFirst("Host"), exchange.getLocalAddress().getAddress())) {
            Reply.error(Reply.FORBIDDEN, "the Host header does not name this device")
                    .send(exchange);
        } else if (!comesFromUs(headers)) {
            Reply.error(Reply.FORBIDDEN, "requests of other pages are refused").send(exchange);
        } else if (pass.isPresented(exchange)) {
            pass.welcome().send(exchange);
        } else if (isOpen(exchange) || isAuthorized(headers.getFirst("Authorization")) || pass.lets(exchange)) {
            letIn(exchange, chain);
        } else {
            refusal(exchange).send(exchange);
        }
    }

    private static void keepToUs(Headers sent) {
        sent.set("Cache-Control", "no-store");
        sent.set("X-Content-Type-Options", "nosniff");
        sent.set("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** A page for people; their browsers would ask for a password if it was offered to them. */
    private static Reply refusal(HttpExchange exchange) {
        return SyncApi.preferred(exchange, SyncApi.JSON, SyncApi.HTML).equals(SyncApi.HTML)
                ? Dashboard.locked().withHeader("WWW-Authenticate", "Bearer " + REALM)
                : Reply.error(
                                Reply.UNAUTHORIZED,
                                "a token is needed: Authorization: Bearer, or Basic with user " + USER)
                        .withHeader("WWW-Authenticate", "Basic " + REALM);
    }

    private static void letIn(HttpExchange exchange, Chain chain) throws IOException {
        try {
            chain.doFilter(exchange);
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} {} failed",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    e);
            if (exchange.getResponseCode() < 0) {
                Reply.error(Reply.FAILED, "it failed on the device; its log says why")
                        .send(exchange);
            } else {
                exchange.close();
            }
        }
    }

    private boolean isOpen(HttpExchange exchange) {
        return open.equals(exchange.getRequestURI().getPath());
    }

    private boolean comesFromUs(Headers headers) {
        String origin = headers.getFirst("Origin");
        if (origin == null) {
            return !"cross-site".equals(headers.getFirst("Sec-Fetch-Site"));
        }
        return origin.equals("http://" + headers.getFirst("Host"));
    }

    private boolean isAuthorized(@Nullable String authorization) {
        if (authorization == null) {
            return false;
        }
        String[] parts = authorization.strip().split(" +", 2);
        return parts.length == 2
                && switch (parts[0].toLowerCase(Locale.ROOT)) {
                    case "bearer" -> token.matches(parts[1].strip());
                    case "basic" -> isUserWithToken(parts[1].strip());
                    default -> false;
                };
    }

    private boolean isUserWithToken(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon >= 0 && pair.substring(0, colon).equals(USER) && token.matches(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
