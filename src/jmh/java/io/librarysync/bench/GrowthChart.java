package io.librarysync.bench;

import io.librarysync.bench.Growth.Point;
import io.librarysync.bench.Growth.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Growths as one SVG, a panel for each: how many times what it was at the lowest count each quantity has become, both axes
 * logarithmic. Readable on light and on dark.
 */
final class GrowthChart {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 330;
    private static final int LEFT = 64;
    private static final int TOP = 40;
    private static final int PLOT = 300;
    private static final int LEGEND = 26;
    private static final int PER_LINE = 4;
    private static final int COUNT_DECADES = 3;
    private static final int VALUE_DECADES = 4;
    private static final double WIDEST = Math.pow(10, COUNT_DECADES);
    private static final double HIGHEST = Math.pow(10, VALUE_DECADES);
    private static final List<String> COLOURS =
            List.of("#3b82f6", "#f97316", "#10b981", "#10b981", "#a855f7", "#a855f7", "#e11d48", "#e11d48");
    private static final String STYLE = "text{font:12px sans-serif;fill:#333}.grid{stroke:#ccc}"
            + ".same{stroke:#888;stroke-dasharray:4 4}.line{fill:none;stroke-width:2}.size{stroke-dasharray:2 3}"
            + "@media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#444}}";

    private GrowthChart() {}

    static String of(List<Growth> growths) {
        int width = growths.size() * WIDTH;
        int height = TOP + HEIGHT + LEGEND + Quantity.values().length / PER_LINE * LEGEND;
        String panels = IntStream.range(0, growths.size())
                .mapToObj(i -> group(i * WIDTH, panel(growths.get(i))))
                .collect(Collectors.joining());
        return text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n"
                        + "<title>How reading grows</title>%n<style>%s</style>%n%s%s</svg>%n",
                width, height, STYLE, panels, legend(width));
    }

    private static String panel(Growth growth) {
        StringBuilder panel = new StringBuilder();
        panel.append(text("<text x=\"%d\" y=\"20\">times as at the lowest count, by %s</text>%n", LEFT, growth.of()));
        for (int decade = 0; decade <= COUNT_DECADES; decade++) {
            panel.append(column(growth, Math.pow(10, decade)));
        }
        for (int decade = 0; decade <= VALUE_DECADES; decade++) {
            panel.append(row(Math.pow(10, decade)));
        }
        panel.append(line("same", 1, 1, WIDEST, WIDEST));
        for (Quantity quantity : Quantity.values()) {
            panel.append(curve(growth, quantity));
        }
        return panel.toString();
    }

    private static String column(Growth growth, double times) {
        return line("grid", times, 1, times, HIGHEST)
                + text(
                        "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">%,.0f</text>%n",
                        x(times), y(1) + 18, growth.points().get(0).count() * times);
    }

    private static String row(double times) {
        return line("grid", 1, times, WIDEST, times)
                + text(
                        "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"end\">%,.0f×</text>%n",
                        LEFT - 6.0, y(times) + 4, times);
    }

    private static String curve(Growth growth, Quantity quantity) {
        Point first = growth.points().get(0);
        String places = growth.points().stream()
                .map(point -> text(
                        "%.1f,%.1f",
                        x((double) point.count() / first.count()), y(point.value(quantity) / first.value(quantity))))
                .collect(Collectors.joining(" "));
        return text(
                "<polyline class=\"%s\" stroke=\"%s\" points=\"%s\"/>%n", style(quantity), colour(quantity), places);
    }

    private static String legend(int width) {
        StringBuilder legend = new StringBuilder();
        Quantity[] all = Quantity.values();
        for (int i = 0; i < all.length; i++) {
            int x = LEFT + i % PER_LINE * (width - LEFT) / PER_LINE;
            int y = TOP + HEIGHT + LEGEND + i / PER_LINE * LEGEND;
            legend.append(text(
                    "<path class=\"%s\" stroke=\"%s\" d=\"M%d %dh24\"/><text x=\"%d\" y=\"%d\">%s</text>%n",
                    style(all[i]), colour(all[i]), x, y - 4, x + 30, y, all[i].words()));
        }
        return legend.toString();
    }

    private static String style(Quantity quantity) {
        return quantity.isTime() || quantity == Quantity.MEMORY ? "line" : "line size";
    }

    private static String colour(Quantity quantity) {
        return COLOURS.get(List.of(Quantity.values()).indexOf(quantity));
    }

    private static String line(String style, double fromX, double fromY, double toX, double toY) {
        return text("<path class=\"%s\" d=\"M%.1f %.1fL%.1f %.1f\"/>%n", style, x(fromX), y(fromY), x(toX), y(toY));
    }

    private static String group(int x, String content) {
        return text("<g transform=\"translate(%d 0)\">%n%s</g>%n", x, content);
    }

    private static double x(double times) {
        return LEFT + Math.log10(times) / COUNT_DECADES * PLOT;
    }

    private static double y(double times) {
        return TOP + PLOT - Math.log10(times) / VALUE_DECADES * PLOT;
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
