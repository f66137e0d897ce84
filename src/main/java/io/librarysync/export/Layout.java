package io.librarysync.export;

import java.util.ArrayList;
import java.util.List;

/** Lines of a screen: titles in the first column, labels indented by two, items by four with their branches. */
final class Layout {
    static final int LABEL_COLUMN = 2;
    static final int ITEM_COLUMN = 7;

    private final ScreenStyle style;
    private final List<String> lines = new ArrayList<>();
    private boolean underTitle;

    Layout(ScreenStyle style) {
        this.style = style;
    }

    String paint(Colour colour, String text) {
        return style.colour() ? colour.paint(text) : text;
    }

    void line(String text) {
        lines.add(text);
        underTitle = false;
    }

    /** A section's name, after a blank line. */
    void title(String text) {
        if (!lines.isEmpty()) {
            line("");
        }
        line(paint(Colour.TITLE, text));
        underTitle = true;
    }

    void labelled(String text) {
        line("  " + text);
    }

    /** Sets off what follows, unless it is the first under a title. */
    void blank() {
        if (!underTitle) {
            line("");
        }
    }

    /** A label with its items; nothing at all without items. */
    void group(String label, List<String> items) {
        if (items.isEmpty()) {
            return;
        }
        blank();
        labelled(label + ":");
        items(items);
    }

    /** Items below the line before. */
    void items(List<String> items) {
        for (int i = 0; i < items.size(); i++) {
            line((i == items.size() - 1 ? "    └─ " : "    ├─ ") + items.get(i));
        }
    }

    /** A label with plain lines below it. */
    void list(String label, List<String> items) {
        if (items.isEmpty()) {
            return;
        }
        blank();
        labelled(label + ":");
        items.forEach(item -> line("    " + item));
    }

    /** All lines, each ended. */
    String text() {
        String text = String.join("\n", lines) + "\n";
        return style.unicode() ? text : ascii(text);
    }

    private static String ascii(String text) {
        return text.replace("━", "=")
                .replace("├─", "+-")
                .replace("└─", "`-")
                .replace("→", "->")
                .replace("–", "-")
                .replace("●", "*");
    }
}
