package io.librarysync.bench;

import io.librarysync.domain.SyncClock;
import io.librarysync.events.SyncEventType;
import io.librarysync.history.MetricsHistory;
import io.librarysync.http.DeviceServer;
import io.librarysync.http.HttpToken;
import io.librarysync.http.NoProcess;
import io.librarysync.jmx.BeanServer;
import io.librarysync.jmx.SyncMBeans;
import io.librarysync.testing.TestDevice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.Notification;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The beans and the HTTP server of a device, and who listens to its events there: nobody, or one at each. */
final class Audience implements AutoCloseable {
    private static final SyncMBeans.Options OPTIONS = new SyncMBeans.Options("0", 1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Set<String> EVENTS = Stream.of(SyncEventType.values())
            .map(type -> SyncMBeans.DOMAIN + "." + type.label())
            .collect(Collectors.toUnmodifiableSet());

    private final TestDevice device;
    private final BeanServer beanServer = BeanServer.separate();
    private final SyncMBeans beans;
    private final Path directory;
    private final DeviceServer server;
    private final long first;
    private final long droppedBefore;
    private final Heard byJmx;
    private final Heard byHttp;
    private @Nullable StreamReader reader;

    /**
     * What one listener has to say of the events that it was to hear.
     *
     * @param missed how many it did not hear and was told so
     */
    record Account(String listener, long events, long heard, long missed) {

        /** How many it did not hear without being told. */
        long missedInSilence() {
            return events - heard - missed;
        }
    }

    private Audience(TestDevice device) throws IOException {
        this.device = device;
        this.beans = SyncMBeans.register(
                beanServer, device.metrics(), MetricsHistory.none(device.metrics()), device.book(), OPTIONS);
        this.directory = Files.createTempDirectory("audience");
        this.server = DeviceServer.start(
                new DeviceServer.Settings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false),
                HttpToken.of(directory, new SecureRandom()),
                beans,
                new NoProcess(),
                SyncClock.system());
        this.first = device.events().journal().last();
        this.droppedBefore = dropped();
        this.byJmx = new Heard(first);
        this.byHttp = new Heard(first);
    }

    /** Beans and server of a device without anybody there. */
    static Audience none(TestDevice device) throws IOException {
        return new Audience(device);
    }

    /** The same with a JMX listener and a client of {@code /events}. */
    static Audience both(TestDevice device) throws IOException, JMException, InterruptedException {
        Audience audience = new Audience(device);
        audience.listen();
        return audience;
    }

    private void listen() throws IOException, JMException, InterruptedException {
        ObjectName control = new ObjectName(SyncMBeans.DOMAIN + ":type=Control,library="
                + device.metrics().library().id() + ",name=Metrics");
        beanServer.mbeans().addNotificationListener(control, (told, handback) -> hear(told), null, null);
        reader = StreamReader.open(
                URI.create("http://127.0.0.1:" + server.port() + "/events"),
                Files.readString(directory.resolve("http.token")).strip(),
                byHttp);
    }

    private void hear(Notification told) {
        if (EVENTS.contains(told.getType())) {
            byJmx.hear(told.getSequenceNumber());
        }
    }

    /** What each listener heard, once both know of the newest event or were given the time; nothing if there are none. */
    List<Account> accounts() throws IOException, InterruptedException {
        if (reader == null) {
            return List.of();
        }
        long last = device.events().journal().last();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Math.min(byJmx.last(), byHttp.last()) < last && System.nanoTime() < deadline) {
            Thread.sleep(POLL.toMillis());
        }
        reader.check();
        return List.of(
                new Account("JMX listener", last - first, byJmx.heard(), dropped() - droppedBefore),
                new Account("client of `/events`", last - first, byHttp.heard(), byHttp.missed()));
    }

    private long dropped() {
        return device.snapshot().errors().getLostUpdatesDropped();
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
        server.close();
        beans.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
