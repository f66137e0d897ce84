package io.librarysync.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A table in Markdown of what was measured several times: the median, the least and the most. */
final class Spreads {
    private final PrintStream out;

    private Spreads(PrintStream out) {
        this.out = out;
    }

    /** Begins the table; {@code of} says what the values of a row are of. */
    static Spreads begin(PrintStream out, String of) {
        out.println("| " + of + " | median | from | to |");
        out.println("|---|---|---|---|");
        return new Spreads(out);
    }

    /** @param format of one value, for {@link java.util.Formatter} */
    void row(String what, String format, DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        String cells = "| " + what + (" | " + format).repeat(3) + " |%n";
        out.printf(Locale.ROOT, cells, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }
}
