package io.librarysync.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer.
 *
 * @param headers beyond those that every answer has
 */
record Reply(int status, String type, ByteBuffer body, Map<String, String> headers) {
    static final String HTML = "text/html; charset=utf-8";
    static final String SCRIPT = "text/javascript; charset=utf-8";
    static final String STYLE = "text/css; charset=utf-8";
    static final String IMAGE = "image/svg+xml";

    static final int OK = 200;
    static final int SEE_OTHER = 303;
    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int TOO_LARGE = 413;
    static final int FAILED = 500;
    static final int UNAVAILABLE = 503;

    private static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String CSV = "text/csv; charset=utf-8";
    private static final int NO_BODY = -1;

    Reply {
        body = body.asReadOnlyBuffer();
        headers = Map.copyOf(headers);
    }

    static Reply of(String type, String body) {
        return of(type, StandardCharsets.UTF_8.encode(body));
    }

    static Reply of(String type, ByteBuffer body) {
        return new Reply(OK, type, body, Map.of());
    }

    static Reply json(String json) {
        return of(JSON, json + "\n");
    }

    static Reply text(String text) {
        return of(TEXT, text);
    }

    static Reply csv(String csv) {
        return of(CSV, csv);
    }

    /** Leads the client on to another path of this server. */
    static Reply seeOther(String path) {
        return of(TEXT, "").withStatus(SEE_OTHER).withHeader("Location", path);
    }

    /** A refusal, with one line that says why. */
    static Reply error(int status, String message) {
        return json(JsonNodeFactory.instance.objectNode().put("error", message).toString())
                .withStatus(status);
    }

    Reply withStatus(int other) {
        return new Reply(other, type, body, headers);
    }

    Reply withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, type, body, more);
    }

    /** Sends it and ends the exchange. */
    void send(HttpExchange exchange) throws IOException {
        Headers sent = exchange.getResponseHeaders();
        sent.set("Content-Type", type);
        headers.forEach(sent::set);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, NO_BODY);
        } else {
            exchange.sendResponseHeaders(status, body.remaining());
            Channels.newChannel(exchange.getResponseBody()).write(body.duplicate());
        }
        exchange.close();
    }
}
