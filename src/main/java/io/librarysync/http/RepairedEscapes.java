package io.librarysync.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * JSON as Jolokia 2.6.0 writes it, made valid: it takes the characters after {@code 9} for the hexadecimal digits from ten
 * on, such as <code>&#92;u000;</code> for <code>&#92;u000b</code>. Nothing grows or shrinks.
 */
final class RepairedEscapes extends FilterOutputStream {
    private static final String CONTROL = "\\u00?";
    private static final int FIRST_WRONG_DIGIT = '9' + 1;

    /** How much of {@link #CONTROL} has just been written; the question mark stands for any digit. */
    private int seen;

    RepairedEscapes(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int character) throws IOException {
        out.write(repaired(character));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        byte[] repaired = new byte[length];
        for (int i = 0; i < length; i++) {
            repaired[i] = (byte) repaired(bytes[offset + i]);
        }
        out.write(repaired);
    }

    private int repaired(int character) {
        boolean isLastDigit = seen == CONTROL.length();
        seen = isLastDigit ? 0 : after(character);
        boolean isWrong = isLastDigit && character >= FIRST_WRONG_DIGIT && character < FIRST_WRONG_DIGIT + 6;
        return isWrong ? 'a' + character - FIRST_WRONG_DIGIT : character;
    }

    private int after(int character) {
        char expected = CONTROL.charAt(seen);
        return expected == '?' || expected == character ? seen + 1 : 0;
    }
}
