package io.librarysync.export;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Rows of cells under each other. */
public final class Table {
    private static final String GAP = "  ";

    private Table() {}

    /**
     * One line for each row, without spaces at its end.
     *
     * @param rows each with as many cells as the first
     * @param right which columns are aligned to the right
     */
    public static List<String> lines(List<List<String>> rows, IntPredicate right) {
        List<Integer> widths = widths(rows);
        return rows.stream().map(row -> line(row, widths, right)).toList();
    }

    private static List<Integer> widths(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < rows.get(0).size(); column++) {
            int at = column;
            widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
        }
        return widths;
    }

    private static String line(List<String> row, List<Integer> widths, IntPredicate right) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            String padding = " ".repeat(widths.get(column) - row.get(column).length());
            cells.add(right.test(column) ? padding + row.get(column) : row.get(column) + padding);
        }
        return String.join(GAP, cells).stripTrailing();
    }
}
