package io.librarysync.http;

import io.librarysync.domain.EventLogAnswer;
import io.librarysync.events.EventQuery;
import io.librarysync.export.LibraryContent;
import io.librarysync.export.ScreenStyle;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** No process is around this server, and no library behind it. */
public final class NoProcess implements DeviceServer.Status {

    @Override
    public List<EventLogAnswer> eventsOfPeers(EventQuery query) {
        return List.of();
    }

    @Override
    public List<String> problems() {
        return List.of();
    }

    @Override
    public List<String> whyAlone() {
        return List.of();
    }

    @Override
    public LibraryContent content() {
        return new LibraryContent("nobody", Map.of(), Map.of());
    }

    @Override
    public DeviceServer.Account why(String of, ZoneId zone) {
        throw new IllegalArgumentException("there is no library");
    }

    @Override
    public Optional<String> command(List<String> arguments, Path caller, ScreenStyle style) {
        return Optional.empty();
    }
}
