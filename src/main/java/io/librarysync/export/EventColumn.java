package io.librarysync.export;

import io.librarysync.domain.Labelled;
import io.librarysync.events.SyncEvent;
import io.librarysync.metrics.Member;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What every form of an event holds, in this order; a column without a value is absent, or empty where it cannot be. */
public enum EventColumn implements Labelled {
    ID(Kind.TEXT),
    RUN_ID(Kind.TEXT),
    SEQUENCE(Kind.NUMBER),
    TIMESTAMP(Kind.TEXT),
    EVENT_TYPE(Kind.TEXT),
    SEVERITY(Kind.TEXT),
    CATEGORY(Kind.TEXT),
    DEVICE_ID(Kind.TEXT),
    DEVICE_NAME(Kind.TEXT),
    PEER_ID(Kind.TEXT),
    PEER_NAME(Kind.TEXT),
    /** The names of the models, one space between them; a list in JSON. */
    MODELS(Kind.LIST),
    RECORD_COUNT(Kind.NUMBER),
    DURATION_MS(Kind.NUMBER),
    CORRELATION_ID(Kind.TEXT),
    SUMMARY(Kind.TEXT),
    /** How far the clock of its device was ahead; the time is corrected by that. */
    CLOCK_OFFSET_MS(Kind.NUMBER);

    /** What its values are. */
    enum Kind {
        TEXT,
        NUMBER,
        LIST
    }

    private final String label = name().toLowerCase(Locale.ROOT);
    private final Kind kind;

    EventColumn(Kind kind) {
        this.kind = kind;
    }

    @Override
    public String label() {
        return label;
    }

    Kind kind() {
        return kind;
    }

    /** The value as text; null if there is none. */
    @Nullable
    String of(SyncEvent event) {
        return switch (this) {
            case ID -> event.id().toString();
            case RUN_ID -> event.id().run();
            case SEQUENCE -> String.valueOf(event.id().sequence());
            case TIMESTAMP -> JsonValues.iso(event.at());
            case EVENT_TYPE -> event.type().label();
            case SEVERITY -> event.severity().label();
            case CATEGORY -> event.category().label();
            case DEVICE_ID -> event.device().id();
            case DEVICE_NAME -> event.device().name();
            case PEER_ID -> given(event.peer(), Member::id);
            case PEER_NAME -> given(event.peer(), Member::name);
            case MODELS -> event.models().isEmpty() ? null : String.join(" ", event.models());
            case RECORD_COUNT -> given(event.records(), String::valueOf);
            case DURATION_MS -> given(event.duration(), EventColumn::millis);
            case CORRELATION_ID -> event.correlation();
            case SUMMARY -> event.summary();
            case CLOCK_OFFSET_MS -> given(event.clockOffset(), EventColumn::millis);
        };
    }

    private static <T> @Nullable String given(@Nullable T value, Function<T, String> text) {
        return value == null ? null : text.apply(value);
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
