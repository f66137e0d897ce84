package io.librarysync.store;

import io.librarysync.domain.Labelled;
import io.librarysync.events.EventFilter;
import io.librarysync.events.EventId;
import io.librarysync.events.EventQuery;
import io.librarysync.events.EventRetention;
import io.librarysync.events.SyncEvent;
import io.librarysync.events.SyncEventType;
import io.librarysync.metrics.Member;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events of one source, inside one transaction. */
final class EventRows {
    private static final String COLUMNS = "run, sequence, at, event_type, peer_id, peer_name, models, record_count,"
            + " duration_ms, correlation_id, summary";
    private static final String INSERT = "INSERT INTO sync_event_log (source, " + COLUMNS + ", severity, category)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, run, sequence) DO NOTHING";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM sync_event_log WHERE source = ?";

    /** Binds the source, a run, a number, and the source and the run twice. */
    private static final String FROM = SELECT
            + " AND id >= coalesce((SELECT min(id) FROM sync_event_log WHERE source = ? AND run = ? AND sequence >= ?),"
            + " (SELECT max(id) + 1 FROM sync_event_log WHERE source = ? AND run = ?)) ORDER BY id LIMIT ?";

    private final Database database;
    private final long source;
    private final Member device;

    EventRows(Database database, long source, Member device) {
        this.database = database;
        this.source = source;
        this.device = device;
    }

    void write(List<SyncEvent> events) {
        database.updateAll(INSERT, events.stream().map(this::row).toList());
    }

    private @Nullable Object[] row(SyncEvent event) {
        Member peer = event.peer();
        return new @Nullable Object[] {
            source,
            event.id().run(),
            event.id().sequence(),
            event.at().toEpochMilli(),
            event.type().label(),
            peer == null ? null : peer.id(),
            peer == null ? null : peer.name(),
            spaced(event.models()),
            event.records(),
            event.duration() == null ? null : event.duration().toMillis(),
            event.correlation(),
            event.summary(),
            event.severity().label(),
            event.category().label()
        };
    }

    private static String spaced(List<String> models) {
        return models.isEmpty() ? "" : " " + String.join(" ", models) + " ";
    }

    List<SyncEvent> find(EventQuery query) {
        StringBuilder sql = new StringBuilder(SELECT);
        List<@Nullable Object> arguments = new ArrayList<>(List.of(source));
        narrow(query.filter(), sql, arguments);
        String order = query.oldestFirst() ? "" : " DESC";
        sql.append(" ORDER BY at").append(order).append(", id").append(order).append(" LIMIT ? OFFSET ?");
        arguments.addAll(List.of(query.limit(), query.offset()));
        return database.list(sql.toString(), this::event, arguments.toArray());
    }

    private void narrow(EventFilter filter, StringBuilder sql, List<@Nullable Object> arguments) {
        if (filter.since() != null) {
            sql.append(" AND at >= ?");
            arguments.add(filter.since().toEpochMilli());
        }
        if (filter.until() != null) {
            sql.append(" AND at < ?");
            arguments.add(filter.until().toEpochMilli());
        }
        oneOf("event_type", filter.types(), sql, arguments);
        oneOf("category", filter.categories(), sql, arguments);
        oneOf("severity", filter.severities(), sql, arguments);
        if (filter.peer() != null) {
            sql.append(" AND coalesce(peer_id, ?) = ?");
            arguments.addAll(List.of(device.id(), filter.peer()));
        }
        if (filter.model() != null) {
            sql.append(" AND models LIKE ? ESCAPE '!'");
            arguments.add("% " + filter.model().replaceAll("[!%_]", "!$0") + " %");
        }
        if (!filter.correlations().isEmpty()) {
            sql.append(" AND (")
                    .append(String.join(
                            " OR ", Collections.nCopies(filter.correlations().size(), "correlation_id LIKE ?")))
                    .append(")");
            filter.correlations().forEach(each -> arguments.add(each + "%"));
        }
    }

    private static void oneOf(
            String column, Collection<? extends Labelled> wanted, StringBuilder sql, List<@Nullable Object> arguments) {
        if (!wanted.isEmpty()) {
            sql.append(" AND ")
                    .append(column)
                    .append(" IN (")
                    .append(String.join(", ", Collections.nCopies(wanted.size(), "?")))
                    .append(")");
            wanted.stream().map(Labelled::label).sorted().forEach(arguments::add);
        }
    }

    List<SyncEvent> from(EventId first, int most) {
        return database.list(
                FROM, this::event, source, source, first.run(), first.sequence(), source, first.run(), most);
    }

    void prune(Instant now, EventRetention retention) {
        database.update(
                "DELETE FROM sync_event_log WHERE source = ? AND at < ?",
                source,
                now.minus(retention.age()).toEpochMilli());
        database.update(
                "DELETE FROM sync_event_log WHERE source = ? AND id <= (SELECT id FROM sync_event_log WHERE source = ?"
                        + " ORDER BY id DESC LIMIT 1 OFFSET ?)",
                source,
                source,
                retention.rows());
    }

    private SyncEvent event(Row row) throws SQLException {
        String peer = row.textOrNull(5);
        Long millis = row.numberOrNull(9);
        return new SyncEvent(
                new EventId(row.text(1), row.number(2)),
                Instant.ofEpochMilli(row.number(3)),
                Row.parsed(row.text(4), SyncEventType::ofLabel),
                device,
                peer == null ? null : new Member(peer, row.text(6)),
                Stream.of(row.text(7).split(" ", -1))
                        .filter(model -> !model.isEmpty())
                        .toList(),
                row.numberOrNull(8),
                millis == null ? null : Duration.ofMillis(millis),
                row.textOrNull(10),
                row.text(11),
                null);
    }
}
