package io.librarysync.cli;

import io.librarysync.domain.Labelled;
import java.util.Arrays;
import java.util.Iterator;

/** What can be typed as the value of an option: the labels of some constants. */
abstract class Labels implements Iterable<String> {
    private final Labelled[] values;

    Labels(Labelled[] values) {
        this.values = values.clone();
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(values).map(Labelled::label).iterator();
    }
}
