package io.librarysync.domain;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** A uuid as people write it: in full, in any case. {@link UUID#fromString} also takes short forms, which may be file names. */
public final class UuidText {
    private static final Pattern FULL = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private UuidText() {}

    /** The uuid that a text is; empty if it is none. */
    public static Optional<UUID> parse(String text) {
        return FULL.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
