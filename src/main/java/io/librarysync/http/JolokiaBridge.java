package io.librarysync.http;

import com.sun.net.httpserver.HttpExchange;
import io.librarysync.jmx.SyncMBeans;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import org.jolokia.core.api.LogHandler;
import org.jolokia.jvmagent.handler.JolokiaHttpHandler;
import org.jolokia.server.core.config.ConfigKey;
import org.jolokia.server.core.config.StaticConfiguration;
import org.jolokia.server.core.service.JolokiaServiceManagerFactory;
import org.jolokia.server.core.service.api.JolokiaServiceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Jolokia protocol over our beans only. Requests that read and do nothing else get one snapshot for all they read. */
final class JolokiaBridge implements AutoCloseable {
    static final String CONTEXT = "/jolokia";

    private static final Logger LOG = LoggerFactory.getLogger(JolokiaBridge.class);
    private static final Set<String> METHODS = Set.of("GET", "POST");
    private static final int LARGEST_REQUEST = 1 << 20;

    private final SyncMBeans beans;
    private final PullProtocol listeners;
    private final JolokiaServiceManager services;
    private final JolokiaHttpHandler handler;

    JolokiaBridge(SyncMBeans beans, Supplier<Instant> now) {
        this.beans = beans;
        this.listeners = new PullProtocol(beans.fetchingListeners(now));
        this.services = JolokiaServiceManagerFactory.createJolokiaServiceManager(
                new StaticConfiguration(
                        ConfigKey.AGENT_CONTEXT, CONTEXT,
                        ConfigKey.AGENT_ID,
                                "librarysync-" + beans.metrics().device().id(),
                        ConfigKey.DISABLE_DETECTORS, "true",
                        ConfigKey.DISCOVERY_ENABLED, "false",
                        ConfigKey.ALLOW_DNS_REVERSE_LOOKUP, "false",
                        ConfigKey.INCLUDE_STACKTRACE, "false"),
                new Log(),
                BeanPolicy.packaged(),
                null);
        services.addService(new OneServer(beans.guarded(), listeners));
        services.addService(new StrictSerializer());
        this.handler = new JolokiaHttpHandler(services.start());
    }

    /** Answers a request, unless {@link JolokiaRequest} refuses it. */
    void handle(HttpExchange exchange) throws IOException {
        if (!METHODS.contains(exchange.getRequestMethod())) {
            Reply.error(Reply.METHOD_NOT_ALLOWED, "only GET and POST are answered here")
                    .send(exchange);
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
        if (body.length > LARGEST_REQUEST) {
            Reply.error(Reply.TOO_LARGE, "a request may have " + LARGEST_REQUEST + " bytes")
                    .send(exchange);
            return;
        }
        JolokiaRequest request = JolokiaRequest.of(exchange.getRequestURI(), body);
        Reply refusal = request.refusal();
        if (refusal != null) {
            refusal.send(exchange);
            return;
        }
        exchange.setStreams(new ByteArrayInputStream(body), new RepairedEscapes(exchange.getResponseBody()));
        if (request.onlyReads()) {
            beans.inOneSnapshot(() -> pass(exchange));
        } else {
            pass(exchange);
        }
    }

    private boolean pass(HttpExchange exchange) {
        try {
            handler.handle(exchange);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        listeners.close();
        services.stop();
    }

    /** Sends what Jolokia logs to ours; what it thinks of a request is not news. */
    private static final class Log implements LogHandler {

        @Override
        public void debug(String message) {
            LOG.debug("{}", message);
        }

        @Override
        public void info(String message) {
            LOG.debug("{}", message);
        }

        @Override
        public void error(String message, Throwable cause) {
            LOG.warn("{}", message, cause);
        }

        @Override
        public boolean isDebug() {
            return LOG.isDebugEnabled();
        }
    }
}
