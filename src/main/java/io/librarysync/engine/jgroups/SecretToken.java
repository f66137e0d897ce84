package io.librarysync.engine.jgroups;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.auth.AuthToken;

/**
 * What a device shows to be let into the channel of its library: a code that only a holder of the secret can make. It is the
 * same for all members, so it keeps strangers out but proves no identity; the handshake does that. Public, with a public
 * constructor, because the channel creates the one it received by name.
 */
public final class SecretToken extends AuthToken {
    private static final int LONGEST = 64;

    private byte[] code = new byte[0];
    private Consumer<Address> onRefusal = refused -> {};

    /** A token to be read from the wire. */
    public SecretToken() {}

    SecretToken(byte[] code, Consumer<Address> onRefusal) {
        this.code = code.clone();
        this.onRefusal = onRefusal;
    }

    @Override
    public String getName() {
        return SecretToken.class.getName();
    }

    @Override
    public int size() {
        return Short.BYTES + code.length;
    }

    @Override
    public boolean authenticate(AuthToken shown, Message message) {
        boolean same = shown instanceof SecretToken other && MessageDigest.isEqual(code, other.code);
        if (!same) {
            onRefusal.accept(message.getSrc());
        }
        return same;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        out.writeShort(code.length);
        out.write(code);
    }

    @Override
    public void readFrom(DataInput in) throws IOException {
        int length = in.readUnsignedShort();
        if (length > LONGEST) {
            throw new IOException("a token of " + length + " bytes");
        }
        code = new byte[length];
        in.readFully(code);
    }
}
