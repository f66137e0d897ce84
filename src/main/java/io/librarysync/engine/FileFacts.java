package io.librarysync.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a file system says of one file, links not followed.
 *
 * @param kind {@code file}, {@code directory}, {@code symlink} or {@code other}
 * @param size of a regular file; null for anything else, because it changes by itself
 * @param modifiedAt of a regular file, in milliseconds since 1970; null for anything else
 * @param fileKey what stays the same when it is renamed; null where the file system has no such thing
 */
record FileFacts(String kind, @Nullable Long size, @Nullable Long modifiedAt, @Nullable String fileKey) {

    static final String FILE = "file";
    static final String DIRECTORY = "directory";

    static FileFacts of(Path path) throws IOException {
        BasicFileAttributes read = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean file = read.isRegularFile();
        Object key = read.fileKey();
        return new FileFacts(
                kindOf(read),
                file ? read.size() : null,
                file ? read.lastModifiedTime().toMillis() : null,
                key == null ? null : key.toString());
    }

    boolean isDirectory() {
        return kind.equals(DIRECTORY);
    }

    /** Whether there is content to be identified by its hash. */
    boolean hasContent() {
        return size != null && size > 0;
    }

    /** Whether the content must be the one that was seen before. */
    boolean sameContentAs(FileFacts before) {
        return Objects.equals(size, before.size) && Objects.equals(modifiedAt, before.modifiedAt);
    }

    /** Whether an entry says the same, its file key aside. */
    boolean agreesWith(Stored.KnownEntry entry) {
        return kind.equals(entry.kind())
                && Objects.equals(size, entry.size())
                && Objects.equals(modifiedAt, entry.modifiedAt());
    }

    /** Whether two file keys name different devices; false as long as one of them names none. */
    static boolean areOnDifferentDevices(@Nullable String oneKey, @Nullable String otherKey) {
        String one = deviceIn(oneKey);
        String other = deviceIn(otherKey);
        return one != null && other != null && !one.equals(other);
    }

    /** The device in a key of the form {@code (dev=801,ino=12)}; null for one of another form. */
    private static @Nullable String deviceIn(@Nullable String fileKey) {
        return fileKey != null && fileKey.startsWith("(dev=") && fileKey.indexOf(',') > 0
                ? fileKey.substring(0, fileKey.indexOf(','))
                : null;
    }

    private static String kindOf(BasicFileAttributes read) {
        if (read.isRegularFile()) {
            return FILE;
        }
        if (read.isDirectory()) {
            return DIRECTORY;
        }
        return read.isSymbolicLink() ? "symlink" : "other";
    }
}
