package io.librarysync.export;

import java.util.List;
import java.util.stream.Collectors;

/** A row of numbers as a row of bars, the highest as high as a line; only nothing is as low as nothing. */
final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String ASCII = "_.-:=+*#";

    private final String bars;

    Sparkline(boolean unicode) {
        bars = unicode ? BARS : ASCII;
    }

    String of(List<Long> numbers) {
        long highest = numbers.stream().mapToLong(Long::longValue).max().orElse(0);
        return numbers.stream().map(number -> bar(number, highest)).collect(Collectors.joining());
    }

    private String bar(long number, long highest) {
        int top = bars.length() - 1;
        int height = number <= 0 ? 0 : Math.max(1, (int) Math.round((double) number * top / highest));
        return bars.substring(height, height + 1);
    }
}
