package io.librarysync.engine.jgroups;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.LibraryId;
import io.librarysync.domain.RefusalReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;

/** What goes over the channel: payloads of the engine, and the three frames of the handshake. The first byte tells which. */
sealed interface Frame {

    byte PAYLOAD = 0;
    byte HELLO = 1;
    byte PROOF = 2;
    byte REFUSED = 3;

    void writeTo(DataOutputStream out) throws IOException;

    default byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writeTo(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new IllegalStateException("an array can always be written", e);
        }
        return bytes.toByteArray();
    }

    /** {@code payload} as it goes over the channel. */
    static byte[] framed(byte[] payload) {
        byte[] frame = new byte[payload.length + 1];
        frame[0] = PAYLOAD;
        System.arraycopy(payload, 0, frame, 1, payload.length);
        return frame;
    }

    static boolean isPayload(byte[] array, int offset, int length) {
        return length > 0 && array[offset] == PAYLOAD;
    }

    static byte[] payload(byte[] array, int offset, int length) {
        return Arrays.copyOfRange(array, offset + 1, offset + length);
    }

    /** Reads a frame of the handshake; fails on anything else. */
    static Frame decode(byte[] array, int offset, int length) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(array, offset, length));
        byte kind = in.readByte();
        return switch (kind) {
            case HELLO -> Hello.read(in);
            case PROOF -> Proof.read(in);
            case REFUSED -> Refused.read(in);
            default -> throw new IOException("no frame of kind " + kind);
        };
    }

    /** Who speaks, and a number for the other side to make its proof with. */
    record Hello(int protocol, LibraryId library, DeviceId device, String name, UUID run, UUID nonce) implements Frame {
        static final int PROTOCOL_NOW = 1;

        @Override
        public void writeTo(DataOutputStream out) throws IOException {
            out.writeByte(HELLO);
            out.writeInt(protocol);
            out.writeUTF(library.toString());
            out.writeUTF(device.toString());
            out.writeUTF(name);
            out.writeUTF(run.toString());
            out.writeUTF(nonce.toString());
        }

        static Hello read(DataInputStream in) throws IOException {
            return new Hello(
                    in.readInt(), new LibraryId(uuid(in)), new DeviceId(uuid(in)), in.readUTF(), uuid(in), uuid(in));
        }
    }

    /** That {@code device} holds the secret; {@code nonce} is the one it answers. */
    record Proof(DeviceId device, UUID nonce, String code) implements Frame {
        @Override
        public void writeTo(DataOutputStream out) throws IOException {
            out.writeByte(PROOF);
            out.writeUTF(device.toString());
            out.writeUTF(nonce.toString());
            out.writeUTF(code);
        }

        static Proof read(DataInputStream in) throws IOException {
            return new Proof(new DeviceId(uuid(in)), uuid(in), in.readUTF());
        }
    }

    record Refused(RefusalReason reason) implements Frame {
        @Override
        public void writeTo(DataOutputStream out) throws IOException {
            out.writeByte(REFUSED);
            out.writeUTF(reason.name());
        }

        static Refused read(DataInputStream in) throws IOException {
            String name = in.readUTF();
            return Arrays.stream(RefusalReason.values())
                    .filter(reason -> reason.name().equals(name))
                    .findFirst()
                    .map(Refused::new)
                    .orElseThrow(() -> new IOException("no reason is called " + name));
        }
    }

    private static UUID uuid(DataInputStream in) throws IOException {
        String text = in.readUTF();
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a uuid: " + text, e);
        }
    }
}
