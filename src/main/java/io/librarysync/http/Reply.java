package io.librarysync.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One answer. */
record Reply(int status, String type, String body) {
    static final int OK = 200;
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

    static Reply json(String json) {
        return new Reply(OK, JSON, json + "\n");
    }

    static Reply text(String text) {
        return new Reply(OK, TEXT, text);
    }

    static Reply csv(String csv) {
        return new Reply(OK, CSV, csv);
    }

    /** A refusal, with one line that says why. */
    static Reply error(int status, String message) {
        return new Reply(
                status,
                JSON,
                JsonNodeFactory.instance.objectNode().put("error", message).toString() + "\n");
    }

    Reply withStatus(int other) {
        return new Reply(other, type, body);
    }

    /** Sends it and ends the exchange. */
    void send(HttpExchange exchange) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, NO_BODY);
        } else {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
