package io.librarysync.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the library of one device holds, as far as it takes to compare it with another's.
 *
 * @param deviceId whose it is
 * @param digests by model; equal on two devices if and only if they hold the same records
 * @param heads by device, how far this library has come in what that device wrote: the last rev by model, the last seq of
 *     shared changes under {@value #SHARED}; for this device, what it has handed out
 */
public record LibraryContent(String deviceId, Map<String, String> digests, Map<String, Map<String, Long>> heads) {
    /** The scope of shared changes among the models. */
    public static final String SHARED = "shared";

    public LibraryContent {
        digests = Collections.unmodifiableMap(new LinkedHashMap<>(digests));
        Map<String, Map<String, Long>> copy = new TreeMap<>();
        heads.forEach((device, scopes) -> copy.put(device, Collections.unmodifiableMap(new TreeMap<>(scopes))));
        heads = Collections.unmodifiableMap(copy);
    }

    public ObjectNode json() {
        return JsonValues.writeRecord(this);
    }
}
