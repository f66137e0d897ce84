package io.librarysync.cli;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One record of a stream of server-sent events.
 *
 * @param id where the stream is after it; null if it does not say
 * @param name what kind of record; null for the usual one
 * @param data null if it carries none
 */
record ServerEvent(@Nullable String id, @Nullable String name, @Nullable String data) {

    /** The next record; null at the end. */
    static @Nullable ServerEvent read(BufferedReader in) throws IOException {
        String id = null;
        String name = null;
        String data = null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                return new ServerEvent(id, name, data);
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
            switch (field) {
                case "id" -> id = value;
                case "event" -> name = value;
                case "data" -> data = data == null ? value : data + "\n" + value;
                default -> {} // a comment keeps the connection open
            }
        }
        return null;
    }
}
