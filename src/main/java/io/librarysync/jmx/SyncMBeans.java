package io.librarysync.jmx;

import io.librarysync.events.EventBook;
import io.librarysync.events.EventListener;
import io.librarysync.history.MetricsHistory;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beans of one device: five categories, the control of metrics and, where there is a sync service, its control; one bean
 * for each device and model met. Closing it takes all of them away.
 */
public final class SyncMBeans implements AutoCloseable {
    /** The domain of all our ObjectNames. */
    public static final String DOMAIN = "io.librarysync";

    private static final Logger LOG = LoggerFactory.getLogger(SyncMBeans.class);
    private static final int UNDELIVERED = 1_000;

    /**
     * What can be chosen.
     *
     * @param version of the software
     * @param deviceBeans how many devices have a bean at most, the most recently seen; 0 for none
     */
    public record Options(String version, int deviceBeans) {}

    private final BeanServer server;
    private final SyncMetrics metrics;
    private final MetricsHistory history;
    private final EventBook events;
    private final SnapshotSource source;
    private final BeanNames names;
    private final NotificationQueue queue;
    private final MetricsControlBean control;
    private final EventListener listener;
    private final PeerBeans peers;
    private final UpdateWatch updates = new UpdateWatch();
    private final Deque<ObjectName> registered = new ArrayDeque<>();
    private @Nullable ScheduledExecutorService refreshing;

    private SyncMBeans(
            BeanServer server, SyncMetrics metrics, MetricsHistory history, EventBook events, Options options) {
        this.server = server;
        this.metrics = metrics;
        this.history = history;
        this.events = events;
        this.source = new SnapshotSource(metrics);
        this.names = new BeanNames(metrics.library().id());
        this.queue = new NotificationQueue(UNDELIVERED, metrics::updateDropped);
        this.control = new MetricsControlBean(
                new MetricsControl(metrics, history, options.version()), names.metricsControl(), queue);
        this.listener = control::happened;
        this.peers = new PeerBeans(server.mbeans(), names, metrics, options.deviceBeans());
    }

    /** Registers the beans of the metrics; a name that is taken already is an {@link IllegalStateException}. */
    public static SyncMBeans register(
            BeanServer server, SyncMetrics metrics, MetricsHistory history, EventBook events, Options options) {
        SyncMBeans beans = new SyncMBeans(server, metrics, history, events, options);
        try {
            beans.registerAll();
        } catch (RuntimeException e) {
            beans.close();
            throw e;
        }
        return beans;
    }

    /** Adds the bean of the sync service. */
    public void register(SyncControl sync) {
        register(new SyncControlBean(sync), names.syncControl());
    }

    /**
     * Looks for news now and every {@code period} on a thread of its own, until closed: notifies of it, and adds beans for
     * devices and models met.
     */
    public void refreshEvery(Duration period) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(SyncMBeans::daemon);
        Future<?> unused =
                timer.scheduleWithFixedDelay(this::refreshGuarded, 0, period.toNanos(), TimeUnit.NANOSECONDS);
        refreshing = timer;
    }

    /** Runs {@code reads} with one snapshot behind all beans, for this thread only. */
    public <T> T inOneSnapshot(Supplier<T> reads) {
        return source.inOneSnapshot(reads);
    }

    public SyncMetrics metrics() {
        return metrics;
    }

    public MetricsHistory history() {
        return history;
    }

    public EventBook events() {
        return events;
    }

    /** The server that they are registered in, as callers from outside may use it: our beans only. */
    public MBeanServer guarded() {
        return RemoteAccess.guard(server.mbeans());
    }

    /** Listeners to these beans that have no connection. */
    public FetchingListeners fetchingListeners(Supplier<Instant> now) {
        return new FetchingListeners(guarded(), now);
    }

    /** Notifies of news, if there is any, and brings the beans of devices and models up to date. */
    public void refresh() {
        if (!metrics.isEnabled()) {
            return;
        }
        SyncMetricsSnapshot snapshot = metrics.snapshot();
        if (updates.hasNews(snapshot)) {
            peers.refresh(snapshot);
            control.updated(snapshot);
        }
    }

    @Override
    public void close() {
        if (refreshing != null) {
            refreshing.shutdownNow();
        }
        events.journal().leave(listener);
        peers.close();
        while (!registered.isEmpty()) {
            unregister(registered.pop());
        }
        queue.close();
    }

    private void registerAll() {
        for (Category category : Category.values()) {
            register(CategoryBean.of(category, source), names.category(category));
        }
        register(control, names.metricsControl());
        metrics.addTransitionListener(control::transitioned);
        events.journal().join(listener);
    }

    private void refreshGuarded() {
        try {
            refresh();
        } catch (RuntimeException e) {
            LOG.warn("the beans were not brought up to date", e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "updates");
        thread.setDaemon(true);
        return thread;
    }

    private void register(Object bean, ObjectName name) {
        try {
            server.mbeans().registerMBean(bean, name);
            registered.push(name);
        } catch (JMException e) {
            throw new IllegalStateException("cannot register " + name + ": " + e.getMessage(), e);
        }
    }

    private void unregister(ObjectName name) {
        try {
            server.mbeans().unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            LOG.debug("{} was gone already", name);
        } catch (JMException e) {
            LOG.warn("cannot unregister {}", name, e);
        }
    }
}
