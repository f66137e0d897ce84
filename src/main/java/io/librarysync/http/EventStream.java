package io.librarysync.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.librarysync.domain.SyncClock;
import io.librarysync.events.EventBook;
import io.librarysync.events.EventFilter;
import io.librarysync.events.EventId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /events}: events as they happen, as server-sent events. Each client has a thread and a bounded queue of its own, so
 * that none holds up sync or another one; who does not read for too long is dropped.
 */
final class EventStream implements AutoCloseable {
    private static final String LAST_HEADER = "Last-Event-ID";
    private static final String LAST = "last_event_id";
    private static final Set<String> KNOWN = Stream.concat(
                    EventParameters.KINDS.stream(), Stream.of(LAST, "since", "zone"))
            .collect(Collectors.toUnmodifiableSet());

    private final EventBook events;
    private final EventParameters filters;
    private final SyncClock clock;
    private final Limits limits;
    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(daemon("events-watch"));
    private final List<EventClient> clients = new ArrayList<>();

    /**
     * What a client may cost.
     *
     * @param clients how many at most
     * @param queue how many events may wait for one
     * @param heartbeat how long nothing is sent at most
     * @param patience how long one may take to read what was sent
     */
    record Limits(int clients, int queue, Duration heartbeat, Duration patience) {
        static final Limits STANDARD = new Limits(64, 1_000, Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    EventStream(EventBook events, EventParameters filters, SyncClock clock, Limits limits) {
        this.events = events;
        this.filters = filters;
        this.clock = clock;
        this.limits = limits;
        this.threads = new ThreadPoolExecutor(
                0, limits.clients(), 1, TimeUnit.SECONDS, new SynchronousQueue<>(), daemon("events-client"));
        long look = limits.patience().toMillis();
        var unused = watch.scheduleWithFixedDelay(this::dropWhoStands, look, look, TimeUnit.MILLISECONDS);
    }

    /** Answers with a stream that goes on after this returns, or with a refusal. */
    void stream(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            Reply.error(Reply.METHOD_NOT_ALLOWED, "only GET is answered here").send(exchange);
            return;
        }
        try {
            Parameters parameters = Parameters.of(exchange.getRequestURI()).only(KNOWN);
            EventFilter filter = filters.filter(
                    parameters,
                    Instant.ofEpochMilli(clock.millis()),
                    SyncApi.styleWithoutLimit(parameters).zone());
            start(new EventClient(exchange, events, filter, lastOf(exchange, parameters), clock, limits));
        } catch (IllegalArgumentException e) {
            Reply.error(Reply.BAD_REQUEST, String.valueOf(e.getMessage())).send(exchange);
        }
    }

    /** A page that comes back after it lost the connection says by header where it was; a script may by parameter. */
    private static @Nullable EventId lastOf(HttpExchange exchange, Parameters parameters) {
        String header = exchange.getRequestHeaders().getFirst(LAST_HEADER);
        String last = header == null ? parameters.one(LAST) : header;
        return last == null || last.isEmpty() ? null : EventId.parse(last);
    }

    private void start(EventClient client) throws IOException {
        if (!admit(client)) {
            client.refuse(Reply.error(
                    Reply.UNAVAILABLE, limits.clients() + " clients listen already, which is all there is room for"));
            return;
        }
        try {
            threads.execute(() -> serve(client));
        } catch (RuntimeException e) {
            leave(client);
            throw e;
        }
    }

    private synchronized boolean admit(EventClient client) {
        return clients.size() < limits.clients() && clients.add(client);
    }

    private synchronized void leave(EventClient client) {
        clients.remove(client);
    }

    private void serve(EventClient client) {
        try {
            client.serve();
        } finally {
            leave(client);
        }
    }

    synchronized int clients() {
        return clients.size();
    }

    private synchronized void dropWhoStands() {
        clients.forEach(EventClient::dropIfStanding);
    }

    /** Ends all streams; who listens comes back by itself. */
    @Override
    public void close() {
        watch.shutdownNow();
        threads.shutdownNow();
    }

    static void begin(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(Reply.OK, 0);
    }

    private static ThreadFactory daemon(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
