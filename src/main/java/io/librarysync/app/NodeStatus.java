package io.librarysync.app;

import io.librarysync.cli.Rendering;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.EventLogAnswer;
import io.librarysync.domain.ModelType;
import io.librarysync.engine.LibraryModels;
import io.librarysync.engine.LibraryReader;
import io.librarysync.engine.LibraryStore;
import io.librarysync.engine.StoreException;
import io.librarysync.engine.Stored;
import io.librarysync.events.EventQuery;
import io.librarysync.export.LibraryContent;
import io.librarysync.export.ScreenStyle;
import io.librarysync.http.DeviceServer;
import io.librarysync.insight.Why;
import io.librarysync.insight.WhyScreen;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetrics;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a device is, beyond its metrics. */
final class NodeStatus implements DeviceServer.Status {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStatus.class);
    private static final SnapshotFilter OPERATIONS = new SnapshotFilter(null, null, Set.of(Category.OPERATIONS));

    private final NodeConfig config;
    private final boolean keptAnotherLibrary;
    private final LibraryStore library;
    private final EngineStatements statements;
    private final SyncMetrics metrics;
    private final Inquiry inquiry;
    private final Rendering rendering;

    /** What takes asking the peers. */
    interface Inquiry {

        /** Why a record is, or is not, on every device. */
        Why why(String of, ZoneId zone);

        /** What they tell of their events. */
        List<EventLogAnswer> eventsOfPeers(EventQuery query);
    }

    /**
     * How a device is.
     *
     * @param statements the timer of {@code library}
     * @param keptAnotherLibrary whether the folder held another library than the one that name and secret stand for
     */
    NodeStatus(
            NodeConfig config,
            boolean keptAnotherLibrary,
            LibraryStore library,
            EngineStatements statements,
            SyncMetrics metrics,
            Inquiry inquiry) {
        this.config = config;
        this.keptAnotherLibrary = keptAnotherLibrary;
        this.library = library;
        this.statements = statements;
        this.metrics = metrics;
        this.inquiry = inquiry;
        this.rendering = new Rendering(config.directory().toAbsolutePath(), new DeviceProcess());
    }

    @Override
    public List<String> problems() {
        try {
            statements.aside(() -> library.read(LibraryReader::clock));
            return List.of();
        } catch (StoreException e) {
            LOG.warn("the library cannot be read", e);
            return List.of("the library cannot be read");
        }
    }

    @Override
    public List<String> whyAlone() {
        List<String> reasons = new ArrayList<>();
        if (config.secretFile().isEmpty()) {
            reasons.add("the library has no secret, so nobody can join; start with --secret-file");
        }
        if (keptAnotherLibrary) {
            reasons.add("this folder holds another library than --library and --secret-file stand for, and keeps it;"
                    + " to join that one start with a new --data folder");
        }
        reasons.add(
                config.peers().isEmpty()
                        ? "no peer is configured here; start with --peer HOST:PORT, or let one name this device"
                        : "no device of this library answers at "
                                + config.peers().stream()
                                        .map(HostPort::toString)
                                        .collect(Collectors.joining(", "))
                                + "; one with another library name or secret does not answer at all");
        refused().forEach((reason, times) -> {
            if (times > 0) {
                reasons.add("refused %s: %s".formatted(times == 1 ? "once" : times + " times", reason));
            }
        });
        return reasons;
    }

    @Override
    public DeviceServer.Account why(String of, ZoneId zone) {
        Why why = inquiry.why(of, zone);
        return new DeviceServer.Account() {
            @Override
            public String json() {
                return why.json().toPrettyString();
            }

            @Override
            public String screen(ScreenStyle style) {
                return WhyScreen.render(why, style);
            }
        };
    }

    @Override
    public List<EventLogAnswer> eventsOfPeers(EventQuery query) {
        return inquiry.eventsOfPeers(query);
    }

    @Override
    public Optional<String> command(List<String> arguments, Path caller, ScreenStyle style) {
        return rendering.of(arguments, caller, style);
    }

    /** One at a time, since it reads the whole library. */
    @Override
    public synchronized LibraryContent content() {
        return statements.aside(() -> library.read(NodeStatus::content));
    }

    private static LibraryContent content(LibraryReader library) {
        DeviceId self = library.devices().stream()
                .filter(Stored.Device::self)
                .map(Stored.Device::id)
                .findFirst()
                .orElseThrow();
        Map<String, String> digests = new LinkedHashMap<>();
        library.contentDigests().forEach((model, digest) -> digests.put(model.name(), digest));
        Map<String, Map<String, Long>> heads = new TreeMap<>();
        for (ModelType model : LibraryModels.types()) {
            long rev = model.isShared() ? 0 : library.lastRev(model, self);
            if (rev > 0) {
                put(heads, self, model.name(), rev);
            }
        }
        library.watermarks()
                .forEach(mark -> put(heads, mark.owner(), mark.model().name(), mark.rev()));
        library.authorProgress()
                .forEach(progress -> put(heads, progress.author(), LibraryContent.SHARED, progress.seq()));
        return new LibraryContent(self.toString(), digests, heads);
    }

    private static void put(Map<String, Map<String, Long>> heads, DeviceId origin, String scope, long head) {
        heads.computeIfAbsent(origin.toString(), device -> new TreeMap<>()).put(scope, head);
    }

    private Map<String, Long> refused() {
        return metrics.snapshot(OPERATIONS).operations().getPeersRefused();
    }
}
