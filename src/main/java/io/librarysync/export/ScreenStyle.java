package io.librarysync.export;

import java.time.ZoneId;

/**
 * How a text screen looks.
 *
 * @param zone for clock times
 * @param colour whether to use terminal colours
 * @param unicode false replaces what is not ASCII in the layout
 * @param recentErrors how many of the recent errors to show
 */
public record ScreenStyle(ZoneId zone, boolean colour, boolean unicode, int recentErrors) {

    /** UTC, no colour, ten errors. */
    public static final ScreenStyle PLAIN = new ScreenStyle(ZoneId.of("UTC"), false, true, 10);

    /** The same in another zone. */
    public ScreenStyle in(ZoneId other) {
        return new ScreenStyle(other, colour, unicode, recentErrors);
    }
}
