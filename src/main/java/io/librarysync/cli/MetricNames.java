package io.librarysync.cli;

import io.librarysync.export.MetricName;
import java.util.Iterator;

/** The names that a shell offers for a metric. */
final class MetricNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return MetricName.all().iterator();
    }
}
