package io.librarysync.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds a device by what people call it: its name, its id, a unique prefix of the id, or {@code self}. */
final class PeerNames {
    private static final int SHORTEST_PREFIX = 4;
    private static final String SELF = "self";

    private final Member self;
    private final Map<String, String> nameById;

    PeerNames(Member self, Map<String, String> names) {
        this.self = self;
        this.nameById = new TreeMap<>(names);
        nameById.put(self.id(), self.name());
    }

    String idOf(String text) {
        if (text.equals(SELF)) {
            return self.id();
        }
        String wanted = text.toLowerCase(Locale.ROOT);
        if (nameById.containsKey(wanted)) {
            return wanted;
        }
        List<String> named = idsWhere(id -> text.equals(nameById.get(id)));
        return only(
                text,
                named.isEmpty() && wanted.length() >= SHORTEST_PREFIX ? idsWhere(id -> id.startsWith(wanted)) : named);
    }

    private List<String> idsWhere(Predicate<String> condition) {
        return nameById.keySet().stream().filter(condition).toList();
    }

    private String only(String text, List<String> ids) {
        if (ids.size() == 1) {
            return ids.get(0);
        }
        throw ids.isEmpty()
                ? new UnknownLabelException(
                        "unknown peer \"" + text + "\"; known are " + listed(List.copyOf(nameById.keySet())))
                : new UnknownLabelException("peer \"" + text + "\" is ambiguous; it could be " + listed(ids));
    }

    private String listed(List<String> ids) {
        return ids.stream().map(id -> nameById.get(id) + " (" + id + ")").collect(Collectors.joining(", "));
    }
}
