package io.librarysync.app;

import io.librarysync.cli.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the devices of one library share and nobody else knows. */
final class Secret {
    private static final String HMAC = "HmacSHA256";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    static Secret read(Path file) {
        String text;
        try {
            text = Files.readString(file).strip();
        } catch (IOException e) {
            throw CommandFailure.couldNot(
                    "secret_file: cannot read %s; it must hold the secret of the library".formatted(file));
        }
        if (text.isEmpty()) {
            throw CommandFailure.couldNot(
                    "secret_file: %s is empty; it must hold the secret of the library".formatted(file));
        }
        return new Secret(text);
    }

    static Secret of(String text) {
        return new Secret(text);
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The id of the library of this name: the same wherever name and secret are the same. */
    UUID libraryId(String libraryName) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(bytes(), HMAC));
            return UUID.nameUUIDFromBytes(mac.doFinal(libraryName.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
