package io.librarysync.engine;

import io.librarysync.domain.RecordStanding.Stage;
import io.librarysync.domain.RecordStanding.Transit;
import io.librarysync.domain.RecordStanding.Version;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where own changes of a record are on their way out of this device; on the loop. */
final class Transits {

    private static final int MOST = 256;

    private final Device device;
    private final Broadcaster broadcaster;
    private final RetryQueue retries;
    private final PeerProgress progress;

    Transits(Device device, Broadcaster broadcaster, RetryQueue retries, PeerProgress progress) {
        this.device = device;
        this.broadcaster = broadcaster;
        this.retries = retries;
        this.progress = progress;
    }

    /**
     * One for each peer to which anything of the record is on its way.
     *
     * @param version the one that this device holds, and its scope; null if it holds none
     */
    List<Transit> of(UUID record, @Nullable Version version, @Nullable Scope scope) {
        boolean waits = broadcaster.holds(record);
        boolean own = version != null && version.origin().equals(device.self());
        return device.peers().all().stream()
                .flatMap(peer -> unsettled(peer, record, waits)
                        .or(() -> own && version != null && scope != null
                                ? settled(peer, scope, version.order())
                                : Optional.empty())
                        .stream())
                .limit(MOST)
                .toList();
    }

    private Optional<Transit> unsettled(Peer peer, UUID record, boolean waits) {
        return retries.transit(peer, record).or(() -> {
            if (peer.unanswered.stream().anyMatch(message -> message.concerns(record))) {
                return Optional.of(Transit.at(Stage.SENT, peer.id));
            }
            return waits && peer.isPartner() ? Optional.of(Transit.at(Stage.OUTBOX, peer.id)) : Optional.empty();
        });
    }

    private Optional<Transit> settled(Peer peer, Scope scope, long order) {
        if (progress.value(peer.id, scope) >= order || order == 0) {
            return Optional.empty();
        }
        if (peer.exhausted) {
            return Optional.of(Transit.at(Stage.GIVEN_UP, peer.id));
        }
        return peer.delivered(scope) >= order ? Optional.of(Transit.at(Stage.DELIVERED, peer.id)) : Optional.empty();
    }
}
