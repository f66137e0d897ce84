package io.librarysync.cli;

import io.librarysync.events.SyncEvent;
import io.librarysync.events.SyncEventType;
import io.librarysync.export.TimelineScreen;
import io.librarysync.history.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Draws states and sessions over time. */
@Command(
        description = {
            "Draws the state of sync and the sessions with each peer over time, of the last hour unless said.",
            "Of a device that does not run, what it has kept."
        })
final class TimelineCommand extends DeviceCommand {
    private static final String LAST_HOUR = "1h";
    private static final int ALL = 100_000;

    @Mixin
    WindowOptions window = new WindowOptions();

    private final NodeHost host;

    TimelineCommand(Terminal terminal, NodeHost host) {
        super(terminal);
        this.host = host;
    }

    @Override
    public Integer call() {
        Optional<KeptPast> kept = options.keptPast(terminal(), host);
        if (kept.isEmpty()) {
            return super.call();
        }
        try (KeptPast past = kept.get()) {
            String screen = draw(new TimelineSource.Kept(past), terminal());
            terminal()
                    .err()
                    .println("sd: the device in %s does not run; this is what it has kept"
                            .formatted(options.directory(terminal())));
            terminal().out().print(screen);
            terminal().out().flush();
        }
        return 0;
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        terminal.out().print(draw(new TimelineSource.Asked(device), terminal));
        terminal.out().flush();
    }

    private String draw(TimelineSource source, Terminal terminal) {
        var unused = window.parameters(terminal);
        Instant now = Instant.ofEpochMilli(terminal.clock().millis());
        Window.Between between =
                Window.between(window.since == null ? LAST_HOUR : window.since, window.until, now, terminal.zone());
        Instant from = Objects.requireNonNull(between.since());
        Instant to = between.until() == null ? now : between.until();
        List<SyncEvent> before = source.newest(null, from, List.of(SyncEventType.STATE_TRANSITION), 1);
        List<SyncEvent> events = new ArrayList<>(source.newest(from, between.until(), TimelineScreen.TYPES, ALL));
        Collections.reverse(events);
        return TimelineScreen.render(
                events, before.isEmpty() ? null : before.get(0), source.recorded(), from, to, terminal.plainScreen());
    }
}
