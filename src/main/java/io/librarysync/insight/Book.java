package io.librarysync.insight;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one device says of itself, read once: the same question has the same answer. Answers are the JSON of snapshots; what
 * the source does not have is empty.
 */
public interface Book {

    /** Who it is; the same for all books of a device. */
    String deviceId();

    String deviceName();

    /** The id of the library. */
    String libraryId();

    /** Everything since the epoch began, or the part of a peer, of a model, or of both. */
    Optional<JsonNode> ofEpoch(@Nullable String peer, @Nullable String model);

    /** Everything that was ever counted, restarts and resets included, or a part of it. */
    Optional<JsonNode> everCounted(@Nullable String peer, @Nullable String model);

    /** What the library holds: {@code digests} by model, {@code heads} by origin. */
    Optional<JsonNode> content();

    /** What to say of something that it does not have. */
    String whyAbsent();
}
