package io.librarysync.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A table in Markdown of what was measured several times: the median, where the true one lies with a probability of 95 %, and
 * the least and the most that was seen. The interval is one of ranks, so it takes nothing for granted of how the values are
 * spread; the machine's own unrest widens the extremes, but not it.
 */
final class Spreads {
    private static final double NORMAL_95 = 1.96;
    private static final String UNKNOWN = "–";

    private final PrintStream out;

    private Spreads(PrintStream out) {
        this.out = out;
    }

    /** Begins the table; {@code of} says what the values of a row are of. */
    static Spreads begin(PrintStream out, String of) {
        out.println("| " + of + " | median | 95 % sure from | to | least | most |");
        out.println("|---|---|---|---|---|---|");
        return new Spreads(out);
    }

    /** @param format of one value, for {@link java.util.Formatter} */
    void row(String what, String format, DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int last = sorted.length - 1;
        int beyond = beyond(sorted.length);
        cells(
                what,
                written(format, sorted[sorted.length / 2]),
                beyond < 0 ? UNKNOWN : written(format, sorted[beyond]),
                beyond < 0 ? UNKNOWN : written(format, sorted[last - beyond]),
                written(format, sorted[0]),
                written(format, sorted[last]));
    }

    /** A row of one value, which is of all that was measured together. */
    void total(String what, String format, double value) {
        cells(what, written(format, value), "", "", "", "");
    }

    /** How many values lie beyond each end of the interval of the median, by the sign test; negative if they are too few. */
    static int beyond(int count) {
        return (int) ((count - NORMAL_95 * Math.sqrt(count)) / 2) - 1;
    }

    private void cells(String... cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }

    private static String written(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
