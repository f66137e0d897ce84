package io.librarysync.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that opens a device's HTTP server and its remote JMX: 256 random bits in {@code http.token}, readable by its
 * owner only, made at first use.
 */
public final class HttpToken {
    private static final String FILE = "http.token";
    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final byte[] secret;

    private HttpToken(String secret) {
        this.secret = secret.getBytes(StandardCharsets.US_ASCII);
    }

    /** The token of a device's folder. A file that holds no token is an {@link IOException} that says what to do. */
    public static HttpToken of(Path directory, SecureRandom random) throws IOException {
        Path file = directory.resolve(FILE);
        try {
            create(file, random);
        } catch (FileAlreadyExistsException e) {
            restrict(file);
        }
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
            throw new IOException(file + ": holds no token; remove it, and a new one is made at the next start");
        }
        return new HttpToken(text);
    }

    /** Whether {@code candidate} is the token; takes as long for a wrong one as for the right one. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(secret, candidate.getBytes(StandardCharsets.UTF_8));
    }

    /** What only someone with the token can compute for a purpose, and nobody can compute the token from. */
    byte[] sign(String purpose) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private static void create(Path file, SecureRandom random) throws IOException {
        if (isPosix(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createFile(file);
        }
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        Files.writeString(file, HexFormat.of().formatHex(bits) + "\n");
    }

    private static void restrict(Path file) throws IOException {
        if (isPosix(file)) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    private static boolean isPosix(Path file) throws IOException {
        return Files.getFileStore(file.toAbsolutePath().getParent())
                .supportsFileAttributeView(PosixFileAttributeView.class);
    }
}
