package io.librarysync.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.librarysync.http.BrowserPass;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks one device over HTTP. Each failure is a {@link CommandFailure} with the line to print. It uses the plain URL
 * connection of the JDK, since the newer client alone takes longer to load than a whole command should.
 */
final class DeviceClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI address;
    private final String token;
    private final Duration longestAnswer;

    DeviceClient(URI address, String token) {
        this(address, token, READ_TIMEOUT);
    }

    private DeviceClient(URI address, String token, Duration longestAnswer) {
        this.address = address;
        this.token = token;
        this.longestAnswer = longestAnswer;
    }

    /** The same device, waited for no longer than that. */
    DeviceClient within(Duration limit) {
        return new DeviceClient(address, token, limit);
    }

    URI address() {
        return address;
    }

    /** The link that opens the dashboard in a browser. */
    URI dashboard() {
        return BrowserPass.link(address, token);
    }

    /** One parameter of a query. */
    record Parameter(String name, String value) {}

    String text(String path, List<Parameter> parameters) {
        return send("GET", path + query(parameters), "text/plain", null);
    }

    String json(String path, List<Parameter> parameters) {
        return send("GET", path + query(parameters), "application/json", null);
    }

    String csv(String path, List<Parameter> parameters) {
        return send("GET", path + query(parameters), "text/csv", null);
    }

    /** Takes one record of a stream after the other, until it ends or {@code take} says that it is enough. */
    void listen(String path, List<Parameter> parameters, Predicate<ServerEvent> take) {
        try {
            HttpURLConnection connection = open("GET", path + query(parameters), "text/event-stream");
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                var unused = answer(connection);
            }
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                boolean more = true;
                while (more) {
                    ServerEvent record = ServerEvent.read(in);
                    more = record != null && take.test(record);
                }
            }
        } catch (IOException e) {
            throw CommandFailure.couldNot(
                    "no device answers at %s (%s); %s".formatted(address, e.getMessage(), DeviceOptions.HOW_TO_START));
        }
    }

    /** Reads an answer as a tree. */
    JsonNode tree(String path, List<Parameter> parameters) {
        return parse(json(path, parameters));
    }

    /** Calls an operation of a Control bean; {@code signature} as Jolokia wants it, such as {@code reset()}. */
    JsonNode call(String bean, String signature, Object... arguments) {
        ObjectNode request = JSON.createObjectNode()
                .put("type", "exec")
                .put("mbean", control(bean))
                .put("operation", signature);
        request.set("arguments", JSON.valueToTree(arguments));
        return jolokia(request);
    }

    /** Sets an attribute of a Control bean. */
    void set(String bean, String attribute, Object value) {
        ObjectNode request = JSON.createObjectNode()
                .put("type", "write")
                .put("mbean", control(bean))
                .put("attribute", attribute);
        request.set("value", JSON.valueToTree(value));
        jolokia(request);
    }

    /** The attributes of a Control bean. */
    JsonNode read(String bean) {
        return jolokia(JSON.createObjectNode().put("type", "read").put("mbean", control(bean)));
    }

    private String control(String bean) {
        JsonNode names = jolokia(JSON.createObjectNode()
                .put("type", "search")
                .put("mbean", "io.librarysync:type=Control,name=" + bean + ",*"));
        if (names.isEmpty()) {
            throw CommandFailure.couldNot("the process at %s has no Control,name=%s bean; it does not run this part"
                    .formatted(address, bean));
        }
        return names.get(0).textValue();
    }

    private JsonNode jolokia(ObjectNode request) {
        JsonNode answer = parse(send("POST", "/jolokia/", "application/json", request.toString()));
        if (answer.path("status").intValue() != HttpURLConnection.HTTP_OK) {
            throw CommandFailure.couldNot(
                    withoutClass(answer.path("error").asText("the device refused without a reason")));
        }
        return answer.path("value");
    }

    /** Jolokia writes {@code some.package.SomeException : what happened}; people want the second half. */
    private static String withoutClass(String error) {
        return error.replaceFirst("^(?:[\\w$.]+(?:Exception|Error) ?: ?)+", "");
    }

    private String send(String method, String path, String accept, @Nullable String body) {
        try {
            HttpURLConnection connection = open(method, path, accept);
            if (body != null) {
                write(connection, body);
            }
            return answer(connection);
        } catch (SocketTimeoutException e) {
            throw CommandFailure.couldNot("no answer from %s within %d s; look at DIR/logs of the device"
                    .formatted(address, longestAnswer.toSeconds()));
        } catch (IOException e) {
            throw CommandFailure.couldNot(
                    "no device answers at %s (%s); %s".formatted(address, e.getMessage(), DeviceOptions.HOW_TO_START));
        }
    }

    private HttpURLConnection open(String method, String path, String accept) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) address.resolve(path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        connection.setReadTimeout((int) longestAnswer.toMillis());
        connection.setRequestProperty("Accept", accept);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        return connection;
    }

    private static void write(HttpURLConnection connection, String body) throws IOException {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        String body = read(
                status < HttpURLConnection.HTTP_BAD_REQUEST
                        ? connection.getInputStream()
                        : connection.getErrorStream());
        return switch (status) {
            case HttpURLConnection.HTTP_OK -> body;
            case HttpURLConnection.HTTP_BAD_REQUEST -> throw CommandFailure.wrongUsage(errorIn(body));
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                throw CommandFailure.couldNot(
                        "token: refused by %s; use the device's own DIR/http.token".formatted(address));
            default -> throw CommandFailure.couldNot("%s answered %d: %s".formatted(address, status, errorIn(body)));
        };
    }

    private static String read(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return "";
        }
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String errorIn(String body) {
        try {
            return JSON.readTree(body).path("error").asText(body.strip());
        } catch (JacksonException e) {
            return body.strip();
        }
    }

    private JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw CommandFailure.couldNot("%s did not answer in JSON; is it a device of ours?".formatted(address));
        }
    }

    private static String query(List<Parameter> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.stream()
                        .map(parameter -> parameter.name() + '=' + encode(parameter.value()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
