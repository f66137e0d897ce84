package io.librarysync.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** {@code /api/sync/command}: what a command line prints, for a shell that starts no Java process for it. */
final class CommandApi {
    private static final Set<String> KNOWN = Set.of("argument", "directory", "zone", "color", "ascii");

    /** A command asks the device over HTTP too: some threads must be left for that. */
    private static final int AT_ONCE = 16;

    private final DeviceServer.Status status;
    private final Semaphore running = new Semaphore(AT_ONCE);

    CommandApi(DeviceServer.Status status) {
        this.status = status;
    }

    void command(HttpExchange exchange) throws IOException {
        SyncApi.answer(exchange, KNOWN, parameters -> {
            if (!running.tryAcquire()) {
                return Reply.error(Reply.UNAVAILABLE, "too many commands at once");
            }
            try {
                return output(parameters);
            } finally {
                running.release();
            }
        });
    }

    private Reply output(Parameters parameters) {
        String directory = parameters.one("directory");
        return status.command(
                        parameters.all("argument"),
                        Path.of(directory == null ? "/" : directory),
                        SyncApi.style(parameters))
                .map(Reply::text)
                .orElseGet(() -> Reply.error(Reply.NOT_FOUND, "this command is not answered here; run sd"));
    }
}
