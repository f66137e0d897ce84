package io.librarysync.export;

import io.librarysync.domain.SyncState;

/** Terminal colours by what they say (ECMA-48, SGR). */
public enum Colour {
    GOOD("32"),
    BUSY("33"),
    BAD("31"),
    IDLE("90"),
    TITLE("1");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    /** How the state of this label is shown. */
    static Colour ofState(String label) {
        return switch (SyncState.ofLabel(label)) {
            case READY -> GOOD;
            case BACKFILLING, CATCHING_UP -> BUSY;
            case UNINITIALIZED, PAUSED -> IDLE;
        };
    }

    public String paint(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
