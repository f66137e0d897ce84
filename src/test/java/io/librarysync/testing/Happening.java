package io.librarysync.testing;

import java.util.Locale;

/**
 * One thing that happens in a {@link History}. It means the same whatever happened before, so that any part of a history can
 * be left out.
 *
 * @param one the device it happens to, by its number
 * @param other another device, for what takes two
 * @param amount how much of it
 * @param seed decides the rest
 */
record Happening(Kind kind, int one, int other, int amount, long seed) {

    /** What can happen. In its words, 1 and 2 are the devices and # is the amount. */
    enum Kind {
        FILES(14, 20, "1 adds # files"),
        DIRECTORY(3, 4, "1 adds a directory with # files"),
        MOVE(4, 3, "1 moves # files or directories into another"),
        RENAME_FILE(5, 6, "1 renames # files"),
        DELETE_FILE(5, 3, "1 deletes # files or directories"),
        TAG(6, 3, "1 adds # tags"),
        RENAME_TAG(8, 3, "1 renames # tags"),
        DELETE_TAG(3, 1, "1 deletes # tag"),
        PUT_TAG(8, 6, "1 puts a tag on # entries"),
        UNTAG(3, 3, "1 takes # tags off entries"),
        COLLECTION(4, 2, "1 writes # collections"),
        CONTENT(4, 3, "1 finds # files with known content"),
        CONNECT(8, 1, "1 and 2 meet"),
        DISCONNECT(6, 1, "1 and 2 part"),
        TEAR(3, 1, "1 and 2 part and lose what is on the way"),
        PARTITION(2, 1, "1 and 2 lose touch with everybody else"),
        UNREACHABLE(2, 1, "1 cannot reach 2"),
        BLACK_HOLE(3, 1, "what 1 sends to 2 vanishes"),
        LOSSES(4, 60, "of what 1 sends to 2, # % is lost"),
        DUPLICATES(3, 60, "of what 1 sends to 2, # % comes twice"),
        DELAYS(4, 40_000, "what 1 sends to 2 takes up to # ms"),
        HEAL(4, 1, "the network is healed"),
        KILL(3, 1, "1 is killed"),
        CUT_POWER(2, 1, "1 loses power"),
        STOP(2, 1, "1 is stopped"),
        START(8, 1, "1 is started, if it does not run"),
        RENAME_DEVICE(1, 9, "1 is stopped and started as \"1 the #.\""),
        PAUSE(2, 1, "1 is paused"),
        RESUME(4, 1, "1 goes on"),
        RESET(3, 1, "the metrics of 1 are reset"),
        SKEW(3, 240, "the clock of 1 is # s ahead"),
        SKEW_BACK(3, 240, "the clock of 1 is # s behind"),
        SLOW_DISK(2, 30, "each statement of 1 takes # ms"),
        FULL_DISK(3, 8, "the disk of 1 is full when it commits for the #. time from now"),
        UNREADABLE_DISK(3, 4, "the disk of 1 cannot be read when it is read for the #. time from now"),
        REMOVE_LOCATION(1, 1, "1 gives its location up"),
        TASKS(10, 60, "# tasks run"),
        MOMENT(12, 1_000, "# ms pass"),
        WHILE(8, 90, "# s pass"),
        LONG(1, 1, "twenty minutes pass"),
        WEEK(1, 8, "the clocks jump # days ahead");

        private final int weight;
        private final int most;
        private final String words;

        Kind(int weight, int most, String words) {
            this.weight = weight;
            this.most = most;
            this.words = words;
        }

        /** How likely it is beside the others. */
        int weight() {
            return weight;
        }

        /** The largest amount of it. */
        int most() {
            return most;
        }
    }

    static String nameOf(int device) {
        return String.valueOf((char) ('A' + device));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (char c : kind.words.toCharArray()) {
            text.append(
                    switch (c) {
                        case '1' -> nameOf(one);
                        case '2' -> nameOf(other);
                        case '#' -> String.format(Locale.ROOT, "%,d", amount);
                        default -> String.valueOf(c);
                    });
        }
        return text.toString();
    }
}
