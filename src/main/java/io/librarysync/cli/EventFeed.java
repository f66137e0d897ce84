package io.librarysync.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.librarysync.cli.DeviceClient.Parameter;
import io.librarysync.export.EventFormat;
import io.librarysync.export.EventJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events as they happen, on standard output. It survives a restart of the device: from where it was it goes on. What was
 * lost is told on standard error.
 */
final class EventFeed {
    private static final String PATH = "/events";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Supplier<DeviceClient> device;
    private final List<Parameter> parameters;
    private final EventFormat format;
    private final Terminal terminal;
    private @Nullable String last;
    private long lastHeardNanos;
    private long records;

    EventFeed(Supplier<DeviceClient> device, List<Parameter> parameters, EventFormat format, Terminal terminal) {
        this.device = device;
        this.parameters = parameters;
        this.format = format;
        this.terminal = terminal;
        this.lastHeardNanos = terminal.clock().nanos();
    }

    /** Goes on until nobody reads any more, exit code 0, or the device is gone for good, exit code 1. */
    int run() {
        terminal.endAtInterrupt().run();
        print(format.render(List.of(), terminal.plainScreen()));
        boolean heard = listen();
        while (!terminal.out().checkError()) {
            if (heard) {
                terminal.err()
                        .println("sd: the stream has ended; trying again for %d s"
                                .formatted(Watched.PATIENCE.toSeconds()));
            } else if (terminal.clock().nanos() - lastHeardNanos > Watched.PATIENCE.toNanos()) {
                terminal.err().println("sd: the device is gone");
                return 1;
            }
            terminal.pause().accept(PAUSE);
            heard = listen();
        }
        return 0;
    }

    /** Whether anything came before it ended; a device that was never reached is a failure at once. */
    private boolean listen() {
        long before = records;
        try {
            device.get().listen(PATH, place(), this::take);
        } catch (CommandFailure e) {
            if (records == 0) {
                throw e;
            }
        }
        return records > before;
    }

    private List<Parameter> place() {
        String known = last;
        List<Parameter> place = new ArrayList<>(parameters);
        if (known != null) {
            place.removeIf(parameter -> parameter.name().equals("since"));
            place.add(new Parameter("last_event_id", known));
        }
        return place;
    }

    /** Takes one record; returns whether to go on. */
    private boolean take(ServerEvent record) {
        lastHeardNanos = terminal.clock().nanos();
        records++;
        if (record.id() != null) {
            last = record.id();
        }
        if (record.data() != null) {
            show(record.name(), parse(record.data()));
        }
        return !terminal.out().checkError();
    }

    private void show(@Nullable String name, JsonNode data) {
        if (name == null) {
            String whole = format.render(List.of(EventJson.read(data)), terminal.plainScreen());
            print(whole.substring(
                    format.render(List.of(), terminal.plainScreen()).length()));
        } else {
            terminal.err().println("sd: " + name + ": " + data);
        }
    }

    private void print(String text) {
        terminal.out().print(text);
        terminal.out().flush();
    }

    private static JsonNode parse(String data) {
        try {
            return JSON.readTree(data);
        } catch (JacksonException e) {
            throw CommandFailure.couldNot("the device did not tell events in JSON; is it a device of ours?");
        }
    }
}
