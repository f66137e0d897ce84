package io.librarysync.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Identifies the content of files by SHA-256. */
final class ContentHasher {
    private static final OpenOption[] NO_LINK = {StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS};
    private static final int BUFFER = 1 << 16;

    private ContentHasher() {}

    /** What became of looking at a file's content. */
    sealed interface Outcome permits Identity, Unsettled, Unreadable {}

    /** The content, by hash and size; the same on every device that meets it. */
    record Identity(String hash, long size) implements Outcome {

        UUID uuid() {
            return UUID.nameUUIDFromBytes((hash + ":" + size).getBytes(StandardCharsets.UTF_8));
        }

        RecordData data() {
            return RecordData.builder().put("hash", hash).put("size", size).build();
        }
    }

    /** The file vanished or changed while it was read. */
    record Unsettled() implements Outcome {}

    /** The content cannot be read. */
    record Unreadable(String reason) implements Outcome {}

    /** Reads a whole file that was seen as {@code seen}. */
    static Outcome identify(Path path, FileFacts seen) {
        try {
            Identity identity = read(path);
            FileFacts after = FileFacts.of(path);
            boolean settled = after.sameContentAs(seen) && seen.size() != null && identity.size() == seen.size();
            return settled ? identity : new Unsettled();
        } catch (NoSuchFileException e) {
            return new Unsettled();
        } catch (IOException e) {
            return new Unreadable(ReadFailure.reasonOf(e));
        }
    }

    private static Identity read(Path path) throws IOException {
        MessageDigest digest = sha256();
        long size = 0;
        try (InputStream in = Files.newInputStream(path, NO_LINK)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                size += read;
            }
        }
        return new Identity(HexFormat.of().formatHex(digest.digest()), size);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
