package io.librarysync.events;

/**
 * Which event of one device: {@code sequence} counts from 1 in each run of its process, without a gap. As text
 * {@code run:sequence}.
 */
public record EventId(String run, long sequence) {
    private static final char SEPARATOR = ':';

    /** What is no id is an {@link IllegalArgumentException}. */
    public static EventId parse(String text) {
        int separator = text.lastIndexOf(SEPARATOR);
        if (separator < 1 || !text.substring(separator + 1).matches("\\d{1,18}")) {
            throw new IllegalArgumentException(
                    "no event has the id \"" + text + "\"; it is made of a run and a number");
        }
        return new EventId(text.substring(0, separator), Long.parseLong(text.substring(separator + 1)));
    }

    @Override
    public String toString() {
        return run + SEPARATOR + sequence;
    }
}
