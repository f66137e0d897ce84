package io.librarysync.engine;

import io.librarysync.domain.ClockOffset;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.SyncState;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of one other member; lives on the loop. */
final class Peer {

    private static final int SETTLED_KEPT = 1_000;
    private static final double RTT_WEIGHT = 0.2;

    final DeviceId id;
    String name;
    long firstSeenMillis;
    long lastSeenMillis;

    /** Its row could not be written when it should have been. */
    boolean unsaved;

    boolean online;
    /** The transport can reach it, whether it answers or not. */
    boolean linked;
    /** It claims more of our history than we wrote; nothing is exchanged with it. */
    boolean refused;

    long upSinceMillis;

    @Nullable
    SyncState state;

    @Nullable
    Heads heads;

    List<Message.FloorAt> floors = List.of();
    int serving;

    @Nullable
    Double rttMillis;

    /** As far as its answers tell. */
    ClockOffset clock = ClockOffset.UNKNOWN;

    boolean heartbeatPending;
    int heartbeatsMissed;

    /** Something it sent did not follow or had no room: it must be pulled. */
    boolean gap;
    /** Something it should have was given up: it must pull. */
    boolean exhausted;

    int sessions;
    int failures;
    boolean backingOff;

    /** Broadcasts that it has not answered yet, told apart by identity. */
    final Set<Outgoing> unanswered = Collections.newSetFromMap(new IdentityHashMap<>());

    int retries;
    final Map<ModelType, Long> outstanding = new HashMap<>();
    private final Map<Scope, Long> delivered = new HashMap<>();
    private final Set<UUID> settled = new LinkedHashSet<>();

    Peer(DeviceId id, String name) {
        this.id = id;
        this.name = name;
    }

    /** Online, and as far as it told not Paused. */
    boolean isPartner() {
        return online && !refused && state != SyncState.PAUSED;
    }

    boolean needsCatchUp() {
        return gap || exhausted;
    }

    void addressed(ModelTally changes) {
        changes.parts().forEach(part -> outstanding.merge(part.model(), (long) part.changes(), Long::sum));
    }

    void answered(ModelTally changes) {
        changes.parts().forEach(part -> outstanding.merge(part.model(), (long) -part.changes(), Peer::sumOrNone));
    }

    /** Its receipt came: all of the message is durable there. */
    void took(Outgoing message) {
        answered(message.changes());
        message.heads().forEach((scope, mark) -> delivered.merge(scope, mark.value(), Math::max));
    }

    /** The highest rev or seq of an own scope that it sent a receipt for in this run; 0 if it sent none. */
    long delivered(Scope scope) {
        return delivered.getOrDefault(scope, 0L);
    }

    void measured(double millis) {
        Double before = rttMillis;
        rttMillis = before == null ? millis : before + RTT_WEIGHT * (millis - before);
    }

    /** Whether the message was settled before. */
    boolean hasSettled(UUID message) {
        return settled.contains(message);
    }

    void settled(UUID message) {
        settled.add(message);
        if (settled.size() > SETTLED_KEPT) {
            var oldest = settled.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    Stored.Device stored() {
        return new Stored.Device(id, name, false, true, firstSeenMillis, lastSeenMillis);
    }

    private static @Nullable Long sumOrNone(Long a, Long b) {
        long sum = a + b;
        return sum == 0 ? null : sum;
    }
}
