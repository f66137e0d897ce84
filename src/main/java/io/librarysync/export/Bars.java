package io.librarysync.export;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Numbers drawn with characters, the largest one at full size; what is absent or below 0 is left blank. */
final class Bars {
    private static final int WIDTH = 24;
    private static final String EIGHTHS = "▏▎▍▌▋▊▉█";
    private static final String HEIGHTS = "▁▂▃▄▅▆▇█";
    private static final String ASCII_HEIGHTS = ".:-=+*#@";

    private final double largest;
    private final boolean unicode;

    Bars(List<Optional<Quantity>> numbers, boolean unicode) {
        this.largest = numbers.stream().mapToDouble(Bars::size).max().orElse(0);
        this.unicode = unicode;
    }

    /** One number as a line of its length. */
    String bar(Optional<Quantity> number) {
        int steps = EIGHTHS.length();
        int eighths = scaled(number, WIDTH * steps);
        String whole = (unicode ? "█" : "#").repeat(eighths / steps);
        return unicode && eighths % steps > 0 ? whole + EIGHTHS.charAt(eighths % steps - 1) : whole;
    }

    /** All numbers side by side, each as high as it is large. */
    String line(List<Optional<Quantity>> numbers) {
        return numbers.stream().map(this::height).collect(Collectors.joining());
    }

    private String height(Optional<Quantity> number) {
        String heights = unicode ? HEIGHTS : ASCII_HEIGHTS;
        int height = scaled(number, heights.length());
        return height == 0 ? " " : heights.substring(height - 1, height);
    }

    /** From 0 to {@code most}; above 0 for everything that is. */
    private int scaled(Optional<Quantity> number, int most) {
        return largest == 0 ? 0 : (int) Math.ceil(size(number) / largest * most);
    }

    private static double size(Optional<Quantity> number) {
        return number.map(quantity -> Math.max(0, quantity.value().doubleValue()))
                .orElse(0.0);
    }
}
