package io.librarysync.instrument;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each label of one dimension contributed to a counter.
 *
 * @param dimensions that dimension, and the key of the counter if it is a map
 * @param values by labels, one for each dimension; what was attributed to no label is left out
 */
public record Parts(MetricDescription metric, List<String> dimensions, Map<List<String>, Long> values) {

    public Parts {
        dimensions = List.copyOf(dimensions);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
