package io.librarysync.export;

/** Terminal colours by what they say (ECMA-48, SGR). */
enum Colour {
    GOOD("32"),
    BUSY("33"),
    BAD("31"),
    IDLE("90"),
    TITLE("1");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    String paint(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
