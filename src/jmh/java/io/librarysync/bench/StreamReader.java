package io.librarysync.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.librarysync.events.EventId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A client of {@code /events} on a thread of its own, that comes back whenever it is dropped and says what it had last. */
final class StreamReader implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LOST = "lost";

    private final URI stream;
    private final String token;
    private final Heard heard;
    private final CountDownLatch connected = new CountDownLatch(1);
    private final Thread thread = new Thread(this::read, "events-reader");
    private volatile boolean closed;
    private volatile @Nullable IOException failure;
    private @Nullable String lastId;

    private StreamReader(URI stream, String token, Heard heard) {
        this.stream = stream;
        this.token = token;
        this.heard = heard;
    }

    /** Returns when whatever happens from there on is read. */
    static StreamReader open(URI stream, String token, Heard heard) throws InterruptedException {
        StreamReader reader = new StreamReader(stream, token, heard);
        reader.thread.setDaemon(true);
        reader.thread.start();
        reader.connected.await();
        return reader;
    }

    /** Fails if reading did. */
    void check() throws IOException {
        IOException found = failure;
        if (found != null) {
            throw found;
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private void read() {
        try {
            while (!closed) {
                readUntilDropped();
            }
        } catch (IOException e) {
            failure = closed ? null : e;
        } finally {
            connected.countDown();
        }
    }

    private void readUntilDropped() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) stream.toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + token);
        if (lastId != null) {
            connection.setRequestProperty("Last-Event-ID", lastId);
        }
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            readRecords(in);
        } finally {
            connection.disconnect();
        }
    }

    private void readRecords(BufferedReader in) throws IOException {
        String id = "";
        String name = "";
        String data = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                data = line;
            } else if (line.isEmpty()) {
                take(id, name, data);
                id = "";
                name = "";
                data = "";
            }
        }
    }

    private void take(String id, String name, String data) throws IOException {
        if (name.equals(LOST)) {
            JsonNode range = JSON.readTree(data.substring("data: ".length()));
            heard.miss(range.path("to").longValue() - range.path("from").longValue() + 1);
        } else if (name.isEmpty() && !data.isEmpty()) {
            heard.hear(EventId.parse(id).sequence());
        }
        if (!id.isEmpty()) {
            lastId = id;
        }
        connected.countDown();
    }
}
