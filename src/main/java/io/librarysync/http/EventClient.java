package io.librarysync.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.librarysync.domain.SyncClock;
import io.librarysync.events.EventBook;
import io.librarysync.events.EventFilter;
import io.librarysync.events.EventId;
import io.librarysync.events.EventQuery;
import io.librarysync.events.EventQueue;
import io.librarysync.events.EventReplay;
import io.librarysync.events.EventReplay.Missed;
import io.librarysync.events.SyncEvent;
import io.librarysync.export.EventJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One who listens to events, from its first one until it leaves or is dropped. */
final class EventClient {
    private static final Logger LOG = LoggerFactory.getLogger(EventClient.class);

    private static final int MOST_OF_PAST = 10_000;
    /** So many events are text in memory at a time, however much a client wants and however slowly it reads. */
    private static final int PIECE = 250;

    private final HttpExchange exchange;
    private final EventBook events;
    private final EventFilter filter;
    private final @Nullable EventId last;
    private final SyncClock clock;
    private final EventStream.Limits limits;
    private final EventQueue queue;
    private final AtomicReference<@Nullable Sending> sending = new AtomicReference<>();
    private EventId told;
    private long sentNanos;

    /** Something that is being sent, by a thread that may be waiting for the client to read. */
    private static final class Sending {
        private final Thread thread = Thread.currentThread();
        private boolean seen;
    }

    /**
     * Who asked for them.
     *
     * @param last the event up to which it knows everything; null if it wants nothing of what was
     */
    EventClient(
            HttpExchange exchange,
            EventBook events,
            EventFilter filter,
            @Nullable EventId last,
            SyncClock clock,
            EventStream.Limits limits) {
        this.exchange = exchange;
        this.events = events;
        this.filter = filter;
        this.last = last;
        this.clock = clock;
        this.limits = limits;
        this.queue = new EventQueue(limits.queue());
        this.told = last == null ? new EventId(events.journal().run(), 0) : last;
    }

    void refuse(Reply reply) throws IOException {
        reply.send(exchange);
    }

    /** Sends until the client leaves or is dropped. */
    void serve() {
        try {
            EventStream.begin(exchange);
            catchUp();
            List<SyncEvent> fresh = queue.take(untilHeartbeat());
            while (queue.dropped() == 0) {
                follow(fresh);
                fresh = queue.take(untilHeartbeat());
            }
            drop("more than %,d events waited unread".formatted(limits.queue()));
        } catch (IOException e) {
            LOG.debug("a client of /events is gone: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            events.journal().leave(queue);
            exchange.close();
        }
    }

    /** Ends it if it has been at the same sending since the last time; its connection is closed by that. */
    void dropIfStanding() {
        Sending now = sending.get();
        if (now != null && now.seen) {
            LOG.info(
                    "a client of /events is dropped: it read nothing for {} s",
                    limits.patience().toSeconds());
            now.thread.interrupt();
        } else if (now != null) {
            now.seen = true;
        }
    }

    private void catchUp() throws IOException {
        if (last == null) {
            begin();
            return;
        }
        EventReplay replay = new EventReplay(events, last, queue);
        for (List<Missed> page = replay.next(); !page.isEmpty(); page = replay.next()) {
            tell(page);
        }
    }

    /** With what was since a moment, if it asked for that. */
    private void begin() throws IOException {
        EventId here = new EventId(told.run(), events.journal().join(queue));
        if (filter.since() != null) {
            tell(past(here));
        }
        told = here;
        send(place());
    }

    /** The newest of what was, the oldest of them first. */
    private List<Missed> past(EventId here) {
        List<Missed> past = new ArrayList<>();
        for (SyncEvent event : events.find(new EventQuery(filter, false, MOST_OF_PAST, 0))) {
            if (!event.id().run().equals(here.run()) || event.id().sequence() <= here.sequence()) {
                past.add(new Missed.Event(event));
            }
        }
        Collections.reverse(past);
        return past;
    }

    private void tell(List<Missed> all) throws IOException {
        for (int from = 0; from < all.size(); from += PIECE) {
            StringBuilder text = new StringBuilder();
            all.subList(from, Math.min(from + PIECE, all.size())).forEach(each -> tell(each, text));
            send(text.append(place()).toString());
        }
    }

    private void tell(Missed missed, StringBuilder text) {
        if (missed instanceof Missed.Event each) {
            tell(each.event(), text);
        } else if (missed instanceof Missed.Lost lost) {
            text.append(special("lost", lostJson(lost)));
        }
    }

    private void follow(List<SyncEvent> fresh) throws IOException {
        StringBuilder text = new StringBuilder();
        fresh.forEach(event -> tell(event, text));
        if (!text.isEmpty()) {
            send(text.toString());
        } else if (fresh.isEmpty() || untilHeartbeat().toNanos() <= 0) {
            send(": heartbeat\n" + place());
        }
    }

    /** How long nothing may be sent from now on; not positive if that was long enough. */
    private Duration untilHeartbeat() {
        return limits.heartbeat().minusNanos(clock.nanos() - sentNanos);
    }

    private void tell(SyncEvent event, StringBuilder text) {
        told = event.id();
        if (filter.selects(event)) {
            text.append("id: ").append(event.id()).append('\n');
            text.append("data: ").append(EventJson.tree(event)).append("\n\n");
        }
    }

    /** How far it is told, though there may be nothing to show: from there it goes on if the connection is lost. */
    private String place() {
        return "id: " + told + "\n\n";
    }

    private void drop(String reason) throws IOException {
        LOG.info("a client of /events is dropped: {}", reason);
        send(special("dropped", JsonNodeFactory.instance.objectNode().put("reason", reason)));
    }

    private static String special(String name, ObjectNode data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    private static ObjectNode lostJson(Missed.Lost lost) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("run_id", lost.run());
        json.put("from", lost.from());
        if (lost.to() != null) {
            json.put("to", lost.to());
        }
        return json;
    }

    private void send(String text) throws IOException {
        sending.set(new Sending());
        sentNanos = clock.nanos();
        try {
            OutputStream out = exchange.getResponseBody();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } finally {
            sending.set(null);
        }
    }
}
