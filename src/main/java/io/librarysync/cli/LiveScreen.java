package io.librarysync.cli;

import java.time.Duration;
import java.util.List;

/** A terminal that one command has to itself: whole frames go out, single keys come in. Closing it leaves all as it was. */
interface LiveScreen extends AutoCloseable {

    int rows();

    int columns();

    /** Replaces what is shown. Lines that do not fit are cut; {@link #rows()} of them fit. */
    void show(List<String> lines);

    /** The next key, or {@link Key#NONE} once there was none for so long. */
    Key await(Duration limit);

    @Override
    void close();
}
