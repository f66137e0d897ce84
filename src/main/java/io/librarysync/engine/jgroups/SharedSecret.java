package io.librarysync.engine.jgroups;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What all members of a library hold and nobody else; it never leaves the device, only codes made with it do. */
public final class SharedSecret {
    private static final String HMAC = "HmacSHA256";

    /** A key must not be empty; this one stands for the absence of a secret. */
    private static final byte[] NO_KEY = new byte[1];

    private final byte[] key;

    private SharedSecret(byte[] key) {
        this.key = key;
    }

    /** No secret: whoever knows the id of the library is a member. Only for devices of one machine. */
    public static SharedSecret none() {
        return new SharedSecret(new byte[0]);
    }

    public static SharedSecret of(byte[] secret) {
        if (secret.length == 0) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        return new SharedSecret(secret.clone());
    }

    boolean isPresent() {
        return key.length > 0;
    }

    /** A code that only a holder of the secret can make, over these parts in this order. */
    byte[] code(Object... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(isPresent() ? key : NO_KEY, HMAC));
            for (Object part : parts) {
                mac.update(part.toString().getBytes(StandardCharsets.UTF_8));
                mac.update((byte) '\n');
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
