package io.librarysync.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** An HTTP server in the place of a device: it notes each request and gives the answers it was told. */
final class FakeDevice implements AutoCloseable {
    static final String TOKEN = "a-token";

    /** One request: {@code GET /path?query}, what it accepts, its body. */
    record Asked(String line, String accept, String body) {}

    /** One answer. */
    record Answer(int status, String body) {
        static Answer ok(String body) {
            return new Answer(200, body);
        }
    }

    final List<Asked> asked = new ArrayList<>();
    private final HttpServer server;
    private volatile Function<Asked, Answer> answers;

    FakeDevice(Function<Asked, Answer> answers) throws IOException {
        this.answers = answers;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    /** From now on it gives other answers. */
    void answering(Function<Asked, Answer> others) {
        answers = others;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Makes {@code directory} look like that of a running device. */
    void runIn(Path directory) throws IOException {
        Files.writeString(directory.resolve("http.token"), TOKEN + "\n");
        node(ProcessHandle.current()).write(directory);
    }

    NodeFile node(ProcessHandle process) {
        return new NodeFile(
                process.pid(),
                NodeFile.startOf(process),
                "laptop",
                "Photos",
                "00000000-0000-4000-8000-000000000001",
                "00000000-0000-4000-8000-0000000000aa",
                url(),
                "127.0.0.1:7800",
                "127.0.0.1:9010",
                List.of(new Assignment("name", "laptop", "--name")));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Asked request = new Asked(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Accept"),
                body);
        asked.add(request);
        boolean welcome =
                ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        Answer answer = welcome ? answers.apply(request) : new Answer(401, "{\"error\": \"a token is needed\"}");
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
