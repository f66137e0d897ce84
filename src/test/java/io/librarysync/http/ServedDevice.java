package io.librarysync.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.librarysync.domain.EventLogAnswer;
import io.librarysync.events.EventQuery;
import io.librarysync.export.LibraryContent;
import io.librarysync.export.ScreenStyle;
import io.librarysync.jmx.BeansFixture;
import io.librarysync.jmx.RecordedSync;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A device with its beans behind a real HTTP server, and a client that sends exactly what it is told. */
final class ServedDevice implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    static final JsonMapper JSON = JsonMapper.builder().build();

    /** What every answer says. */
    static final String OURS_ONLY = "Cross-Origin-Resource-Policy: same-origin";

    final BeansFixture device;
    final RecordedSync sync = new RecordedSync();
    final String token;
    private final DeviceServer server;
    private volatile List<String> problems = List.of();
    private volatile List<EventLogAnswer> peerAnswers = List.of();

    /** What came back. */
    record Answer(int status, String head, String body) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    ServedDevice(Path directory) throws IOException {
        this(directory, new BeansFixture().withTraffic());
    }

    ServedDevice(Path directory, BeansFixture device) throws IOException {
        this(directory, loopback(), EventStream.Limits.STANDARD, device);
    }

    ServedDevice(Path directory, InetSocketAddress address) throws IOException {
        this(directory, address, EventStream.Limits.STANDARD, new BeansFixture().withTraffic());
    }

    ServedDevice(Path directory, EventStream.Limits limits) throws IOException {
        this(directory, loopback(), limits, new BeansFixture().withTraffic());
    }

    private ServedDevice(Path directory, InetSocketAddress address, EventStream.Limits limits, BeansFixture device)
            throws IOException {
        this.device = device;
        device.beans.register(sync);
        HttpToken secret = HttpToken.of(directory, new SecureRandom());
        token = Files.readString(directory.resolve("http.token")).strip();
        server = DeviceServer.start(
                new DeviceServer.Settings(address, !address.getAddress().isLoopbackAddress()),
                secret,
                device.beans,
                new DeviceServer.Status() {
                    @Override
                    public List<String> problems() {
                        return problems;
                    }

                    @Override
                    public List<String> whyAlone() {
                        return List.of("no peer is configured");
                    }

                    @Override
                    public DeviceServer.Account why(String of, ZoneId zone) {
                        return account(of, zone);
                    }

                    @Override
                    public List<EventLogAnswer> eventsOfPeers(EventQuery query) {
                        return peerAnswers;
                    }

                    @Override
                    public Optional<String> command(List<String> arguments, Path caller, ScreenStyle style) {
                        return arguments.contains("sync")
                                ? Optional.of(arguments + " in " + caller + ", " + style + "\n")
                                : Optional.empty();
                    }

                    @Override
                    public LibraryContent content() {
                        return new LibraryContent("d", Map.of("tag", "0f"), Map.of("d", Map.of("shared", 3L)));
                    }
                },
                device.clock,
                limits);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Knows what is in /photos, and nothing while it fails. */
    private DeviceServer.Account account(String of, ZoneId zone) {
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.get(0));
        }
        if (!of.startsWith("/photos/")) {
            throw new IllegalArgumentException("of: no record of this library is " + of);
        }
        return new DeviceServer.Account() {
            @Override
            public String json() {
                return "{\"of\":\"" + of + "\",\"zone\":\"" + zone + "\"}";
            }

            @Override
            public String screen(ScreenStyle style) {
                return of + " is here, " + style + "\n";
            }
        };
    }

    /** What its peers tell of their events. */
    void hears(EventLogAnswer... answers) {
        peerAnswers = List.of(answers);
    }

    void fail(String problem) {
        problems = List.of(problem);
    }

    String host() {
        return "127.0.0.1:" + server.port();
    }

    Answer get(String path, String... headers) {
        return authorized("GET", path, "", headers);
    }

    Answer post(String path, String body, String... headers) {
        return authorized("POST", path, body, headers);
    }

    Answer jolokia(String body) {
        return post("/jolokia/", body);
    }

    /** A connection with a request to which the answer goes on and on. */
    Socket open(String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(
                "GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\nAuthorization: Bearer " + token + "\r\n");
        List.of(headers).forEach(header -> request.append(header).append("\r\n"));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** Whether nobody listens to events. */
    boolean streamIsEmpty() {
        return server.eventClients() == 0;
    }

    /** A connection with a request whose end does not come. */
    Socket unfinished() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write("GET /health HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** The status of {@code /health} for a request to an address of this machine that names some host. */
    int healthAt(InetAddress address, String host) {
        return send(address, "GET", "/health", "", List.of("Host: " + host + ":" + server.port()))
                .status();
    }

    /** Sends a request with nothing in it but what is given, a length and a host. */
    Answer bare(String method, String path, String body, List<String> headers) {
        return send(InetAddress.getLoopbackAddress(), method, path, body, headers);
    }

    private Answer send(InetAddress address, String method, String path, String body, List<String> headers) {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        headers.forEach(header -> request.append(header).append("\r\n"));
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        request.append("Connection: close\r\nContent-Length: " + content.length + "\r\n\r\n");
        try (Socket socket = new Socket(address, server.port())) {
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(content);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer authorized(String method, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Host: " + host(), "Authorization: Bearer " + token));
        all.addAll(List.of(headers));
        return bare(method, path, body, all);
    }

    private static Answer parse(String response) {
        int end = response.indexOf("\r\n\r\n");
        String head = response.substring(0, end);
        String body = response.substring(end + 4);
        return new Answer(
                Integer.parseInt(head.substring(9, 12)),
                head,
                head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked") ? joined(body) : body);
    }

    private static String joined(String chunked) {
        byte[] bytes = chunked.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < bytes.length) {
            int line = at;
            while (bytes[line] != '\r') {
                line++;
            }
            int size = Integer.parseInt(new String(bytes, at, line - at, StandardCharsets.US_ASCII), 16);
            out.write(bytes, line + 2, size);
            at = line + 2 + size + 2;
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
        device.close();
    }
}
