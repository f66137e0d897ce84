package io.librarysync.testing;

import io.librarysync.domain.DeviceId;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The law of idle devices (C12): while nothing is written and nobody comes or goes, only heartbeats are counted. */
public final class IdleLaw {
    private static final Pattern MOVED_BY_TIME = Pattern.compile(
            "TotalTimeInState .*|PeerRtt .*|BytesSent|BytesReceived|BytesTotal|Frames(Sent|Received) Heartbeat"
                    + "|DbQuery(Duration|Count)|Uptime.*");

    private final Map<DeviceId, Map<String, Long>> before = new HashMap<>();

    private IdleLaw() {}

    /** The counts as they stand when the quiet interval begins. */
    public static IdleLaw of(TestLibrary library) {
        IdleLaw law = new IdleLaw();
        library.devices().forEach(device -> law.before.put(device.id(), lasting(device)));
        return law;
    }

    /** Checks at the end of the interval that they stand where they stood. */
    public void check(TestLibrary library) {
        Findings findings = new Findings();
        library.devices()
                .forEach(device -> findings.same(device.name() + " C12", before.get(device.id()), lasting(device)));
        findings.demandNone();
    }

    private static Map<String, Long> lasting(TestDevice device) {
        Map<String, Long> counts = LastCounts.of(device.snapshot());
        counts.keySet().removeIf(name -> MOVED_BY_TIME.matcher(name).matches());
        return counts;
    }
}
