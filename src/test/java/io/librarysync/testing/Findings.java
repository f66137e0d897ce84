package io.librarysync.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The laws that were found broken, each with both sides and the difference. */
final class Findings {
    private final List<String> broken = new ArrayList<>();

    /** Fails with all of them, if there are any. */
    void demandNone() {
        if (!broken.isEmpty()) {
            throw new AssertionError(String.join("\n", broken));
        }
    }

    void equal(String law, long left, long right) {
        if (left != right) {
            broken.add(law + ": " + left + " is not " + right + ", difference " + (left - right));
        }
    }

    void between(String law, long lowest, long value, long highest) {
        if (value < lowest || value > highest) {
            broken.add(law + ": " + value + " is not from " + lowest + " to " + highest);
        }
    }

    /** The same counts, one that is zero being as good as none. */
    void counts(String law, Map<String, Long> left, Map<String, Long> right) {
        TreeSet<String> keys = new TreeSet<>(left.keySet());
        keys.addAll(right.keySet());
        keys.forEach(key -> equal(law + " " + key, left.getOrDefault(key, 0L), right.getOrDefault(key, 0L)));
    }

    void holds(String law, boolean lawful, Object what) {
        if (!lawful) {
            broken.add(law + ": " + what);
        }
    }

    void same(String law, @Nullable Object left, @Nullable Object right) {
        if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
            differences(law, one, other);
        } else if (!Objects.equals(left, right)) {
            broken.add(law + ": " + left + " is not " + right);
        }
    }

    void add(String finding) {
        broken.add(finding);
    }

    private void differences(String law, Map<?, ?> one, Map<?, ?> other) {
        Map<Object, Object> keys = new HashMap<>(one);
        keys.putAll(other);
        keys.keySet().stream()
                .filter(key -> !Objects.equals(one.get(key), other.get(key)))
                .forEach(key -> broken.add(law + " " + key + ": " + one.get(key) + " is not " + other.get(key)));
    }
}
