package io.librarysync.export;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds what somebody may have meant who wrote a name that does not exist. */
final class CloseNames {
    private static final int MOST = 5;
    private static final int LETTERS_PER_SLIP = 3;

    private CloseNames() {}

    /** The names that contain the text or differ from it by few letters, the closest first. */
    static List<String> of(String text, Collection<String> names) {
        int slips = text.length() / LETTERS_PER_SLIP;
        return names.stream()
                .filter(name -> name.contains(text) || distance(text, name) <= slips)
                .sorted(Comparator.comparingInt((String name) -> distance(text, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** How many letters have to be added, left out or replaced. */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            above = nextRow(above, row, from.charAt(row - 1), to);
        }
        return above[to.length()];
    }

    private static int[] nextRow(int[] above, int row, char letter, String to) {
        int[] here = new int[above.length];
        here[0] = row;
        for (int column = 1; column < here.length; column++) {
            int replaced = above[column - 1] + (to.charAt(column - 1) == letter ? 0 : 1);
            here[column] = Math.min(replaced, 1 + Math.min(above[column], here[column - 1]));
        }
        return here;
    }
}
