package io.librarysync.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.librarysync.domain.EventLogAnswer;
import io.librarysync.domain.SyncClock;
import io.librarysync.events.EventQuery;
import io.librarysync.export.LibraryContent;
import io.librarysync.export.ScreenStyle;
import io.librarysync.jmx.SyncMBeans;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of one device, from {@link #start} until {@link #close}. It serves the loopback interface; any other
 * address only where that was allowed in so many words, since nothing is encrypted.
 */
public final class DeviceServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceServer.class);
    private static final String HEALTH = "/health";
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";
    private static final String LONGEST_REQUEST = "sun.net.httpserver.maxReqTime";
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int THREADS = 64;
    private static final int WAITING = 256;

    static {
        // Read once, when the server's classes load: answers wait 40 ms for the client's acknowledgement without the
        // first; who does not finish a request holds a thread for as long as the second.
        setDefault(NO_DELAY, "true");
        setDefault(LONGEST_REQUEST, String.valueOf(REQUEST_LIMIT.toSeconds()));
    }

    /**
     * What a server needs to know.
     *
     * @param address where to listen; port 0 picks a free one
     * @param insecure whether an address that others can reach is allowed, without encryption
     */
    public record Settings(InetSocketAddress address, boolean insecure) {}

    /** What the process around it knows. */
    public interface Status {

        /** Why this device is not able to work; empty if it is. */
        List<String> problems();

        /** The likely reasons why no partner is known. */
        List<String> whyAlone();

        /** What the library holds; reads all of it. */
        LibraryContent content();

        /**
         * Why a record is, or is not, on every device; clock times in a zone. What names no record is an
         * {@link IllegalArgumentException}.
         *
         * @param of a uuid, an absolute path or {@code tag:NAME}
         */
        Account why(String of, ZoneId zone);

        /** What the peers tell of their events; takes some seconds if one of them is silent. */
        List<EventLogAnswer> eventsOfPeers(EventQuery query);

        /**
         * What a command line prints that was typed elsewhere; empty if it is not for this device to run.
         *
         * @param caller the directory it was typed in
         */
        Optional<String> command(List<String> arguments, Path caller, ScreenStyle style);
    }

    /** An answer that can be given in two forms. */
    public interface Account {

        String json();

        String screen(ScreenStyle style);
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final CompletableFuture<JolokiaBridge> bridge;
    private final EventStream stream;
    private final Router router;

    private DeviceServer(
            HttpServer server,
            ExecutorService threads,
            CompletableFuture<JolokiaBridge> bridge,
            EventStream stream,
            Router router) {
        this.server = server;
        this.threads = threads;
        this.bridge = bridge;
        this.stream = stream;
        this.router = router;
    }

    /**
     * Serves until closed; requests to Jolokia wait for it to come up, which nothing else waits for. An address that is not allowed is an {@link IllegalArgumentException}, one that cannot be used an
     * {@link IOException}; both say which and what to do.
     */
    public static DeviceServer start(
            Settings settings, HttpToken token, SyncMBeans beans, Status status, SyncClock clock) throws IOException {
        return start(settings, token, beans, status, clock, EventStream.Limits.STANDARD);
    }

    static DeviceServer start(
            Settings settings,
            HttpToken token,
            SyncMBeans beans,
            Status status,
            SyncClock clock,
            EventStream.Limits limits)
            throws IOException {
        requireAllowed(settings);
        Supplier<Instant> now = () -> Instant.ofEpochMilli(clock.millis());
        HttpServer server = bind(settings.address());
        ExecutorService threads = threads();
        server.setExecutor(threads);
        CompletableFuture<JolokiaBridge> bridge = CompletableFuture.supplyAsync(
                        () -> new JolokiaBridge(beans, now), threads)
                .whenComplete(DeviceServer::tellFailure);
        SyncApi api = new SyncApi(beans.metrics(), beans.history(), status::whyAlone, now);
        HistoryApi past = new HistoryApi(beans.history(), now);
        Scrape scrape = new Scrape(beans.metrics());
        WhyApi why = new WhyApi(status);
        CommandApi commands = new CommandApi(status);
        EventParameters filters = new EventParameters(beans.metrics());
        EventsApi events = new EventsApi(beans.events(), filters, status, now);
        EventStream stream = new EventStream(beans.events(), filters, clock, limits);
        Router router = new Router(
                Map.ofEntries(
                        Map.entry(HEALTH, exchange -> health(status).send(exchange)),
                        Map.entry("/api/sync/metrics", api::metrics),
                        Map.entry("/api/sync/partners", api::partners),
                        Map.entry("/api/sync/why", why::why),
                        Map.entry("/api/sync/command", commands::command),
                        Map.entry("/api/sync/history", past::history),
                        Map.entry("/api/sync/epochs", past::epochs),
                        Map.entry("/api/sync/events", events::events),
                        Map.entry("/api/sync/content", exchange -> content(status, exchange)),
                        Map.entry("/events", stream::stream),
                        Map.entry("/metrics", scrape::metrics)),
                bridge,
                new AtomicInteger());
        BrowserPass pass = BrowserPass.of(token, beans.metrics().device().id());
        server.createContext("/", router)
                .getFilters()
                .add(new Gate(token, pass, OwnHosts.of(settings.address()), HEALTH));
        server.start();
        return new DeviceServer(server, threads, bridge, stream, router);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** How many listen to events. */
    int eventClients() {
        return stream.clients();
    }

    /** Takes no more requests, and lets those that run end within a second. */
    @Override
    public void close() {
        stream.close();
        server.stop(router.isBusy() ? (int) GRACE.toSeconds() : 0);
        try {
            bridge.thenAccept(JolokiaBridge::close).join();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void tellFailure(@Nullable JolokiaBridge bridge, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.error("Jolokia did not come up; its requests will fail", failure);
        }
    }

    private static void requireAllowed(Settings settings) {
        InetSocketAddress address = settings.address();
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("http: " + address.getHostString() + " is no known host; try 127.0.0.1");
        }
        if (!address.getAddress().isLoopbackAddress() && !settings.insecure()) {
            throw new IllegalArgumentException("http: " + address.getHostString()
                    + " can be reached by others and nothing would be encrypted; use 127.0.0.1, or insist with "
                    + "--insecure-http");
        }
    }

    private static HttpServer bind(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException(
                    "http: cannot listen on %s:%d: %s; choose another port, or 0 for any"
                            .formatted(address.getHostString(), address.getPort(), e.getMessage()),
                    e);
        }
    }

    private static Reply health(Status status) {
        boolean well = status.problems().isEmpty();
        Reply reply = Reply.json(JsonNodeFactory.instance
                .objectNode()
                .put("status", well ? "ok" : "failing")
                .toString());
        return well ? reply : reply.withStatus(Reply.UNAVAILABLE);
    }

    private static void content(Status status, HttpExchange exchange) throws IOException {
        SyncApi.answer(
                exchange,
                Set.of(),
                parameters -> Reply.json(status.content().json().toPrettyString()));
    }

    private static ExecutorService threads() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                work -> daemon(work, "http-" + number.incrementAndGet()),
                new ThreadPoolExecutor.CallerRunsPolicy());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Finds who answers a path, and knows how many are being answered. */
    private record Router(
            Map<String, HttpHandler> handlers, CompletableFuture<JolokiaBridge> bridge, AtomicInteger running)
            implements HttpHandler {

        boolean isBusy() {
            return running.get() > 0;
        }

        @Override
        public void handle(HttpExchange exchange) throws IOException {
            running.incrementAndGet();
            try {
                route(exchange.getRequestURI().getPath(), exchange);
            } finally {
                running.decrementAndGet();
            }
        }

        private void route(String path, HttpExchange exchange) throws IOException {
            HttpHandler handler = handlers.get(path);
            if (handler != null) {
                handler.handle(exchange);
            } else if (path.equals(JolokiaBridge.CONTEXT) || path.startsWith(JolokiaBridge.CONTEXT + "/")) {
                bridge.join().handle(exchange);
            } else if (Dashboard.has(path)) {
                Dashboard.answer(exchange);
            } else {
                Reply.error(Reply.NOT_FOUND, "there is nothing here").send(exchange);
            }
        }
    }
}
