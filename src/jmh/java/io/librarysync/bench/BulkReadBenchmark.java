package io.librarysync.bench;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncClock;
import io.librarysync.events.EventArchive;
import io.librarysync.events.EventBook;
import io.librarysync.events.SyncEvents;
import io.librarysync.history.MetricsHistory;
import io.librarysync.http.DeviceServer;
import io.librarysync.http.HttpToken;
import io.librarysync.http.NoProcess;
import io.librarysync.jmx.BeanServer;
import io.librarysync.jmx.SyncMBeans;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.SyncMetrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.PlatformManagedObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.jolokia.jvmagent.JolokiaServer;
import org.jolokia.jvmagent.JolokiaServerConfig;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One request over HTTP that reads five beans: our categories through our bridge, with its token and its policy, and five
 * beans of the platform that make an answer of about the same size through the stock Jolokia agent, which has neither. Both
 * without the delay that the JDK's server has by itself. Four devices, eight models.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BulkReadBenchmark {
    private static final int DEVICES = 4;
    private static final int MODELS = 8;
    private static final int BEANS = 5;
    private static final int EVENTS = 100;
    private static final double SAME_SIZE = 1.25;

    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable Subjects subjects;

    /** Both servers, and what to ask them. */
    private record Subjects(
            SyncMBeans beans, DeviceServer device, JolokiaServer agent, HttpRequest ours, HttpRequest stock) {}

    @Setup
    public void start() throws IOException, InterruptedException {
        SyncMetrics metrics = recorded();
        SyncMBeans beans = beans(metrics);
        Path directory = Files.createTempDirectory("bulk-read");
        HttpToken token = HttpToken.of(directory, new SecureRandom());
        DeviceServer device = DeviceServer.start(
                new DeviceServer.Settings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false),
                token,
                beans,
                new NoProcess(),
                SyncClock.system());
        JolokiaServer agent = new JolokiaServer(new JolokiaServerConfig(Map.of("host", "127.0.0.1", "port", "0")));
        agent.start(false);
        subjects = new Subjects(
                beans,
                device,
                agent,
                request(
                        device.port(),
                        Arrays.stream(Category.values())
                                .map(category -> "io.librarysync:type=Metrics,library="
                                        + metrics.library().id() + ",name=" + category.beanName()),
                        Files.readString(directory.resolve("http.token")).strip()),
                request(agent.getAddress().getPort(), platform().map(ObjectName::getCanonicalName), ""));
        requireSameSize(ours(), stockAgentOnPlatformBeans());
    }

    /** Those of its beans that have much to say. */
    private static Stream<ObjectName> platform() {
        System.gc(); // so that collectors have something to tell
        return Stream.of(
                        Stream.of(
                                ManagementFactory.getThreadMXBean(),
                                ManagementFactory.getOperatingSystemMXBean(),
                                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)),
                        ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .filter(collector -> collector.getCollectionCount() > 0)
                                .limit(1),
                        ManagementFactory.getMemoryPoolMXBeans().stream()
                                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported()))
                .flatMap(beans -> beans)
                .map(PlatformManagedObject::getObjectName);
    }

    private static void requireSameSize(String ours, String stock) {
        double ratio = (double) ours.length() / stock.length();
        if (ratio < 1 / SAME_SIZE || ratio > SAME_SIZE) {
            throw new IllegalStateException("answers of different size: " + ours + " and " + stock);
        }
    }

    private static SyncMetrics recorded() {
        List<ModelType> models = Ours.models(MODELS);
        SyncMetrics metrics = Ours.metrics(models, true);
        for (DeviceId peer : Ours.peers(DEVICES)) {
            for (ModelType model : models) {
                metrics.recorder().changesReceived(peer, Route.LIVE, ModelTally.of(model, 1));
                metrics.recorder().changeApplied(peer, model, 1, 1, 1);
            }
        }
        return metrics;
    }

    private static SyncMBeans beans(SyncMetrics metrics) {
        SyncEvents events = new SyncEvents(metrics.device(), SyncClock.system(), "run", EVENTS, false);
        return SyncMBeans.register(
                BeanServer.separate(),
                metrics,
                MetricsHistory.none(metrics),
                new EventBook(events.journal(), EventArchive.NONE),
                new SyncMBeans.Options("0", DEVICES));
    }

    private static HttpRequest request(int port, Stream<String> beans, String token) {
        String body = beans.map(bean -> "{\"type\": \"read\", \"mbean\": \"" + bean + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/jolokia/"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    @TearDown
    public void stop() {
        Subjects running = Objects.requireNonNull(subjects);
        running.device().close();
        running.agent().stop();
        running.beans().close();
    }

    @Benchmark
    public String ours() throws IOException, InterruptedException {
        return answer(Objects.requireNonNull(subjects).ours());
    }

    @Benchmark
    public String stockAgentOnPlatformBeans() throws IOException, InterruptedException {
        return answer(Objects.requireNonNull(subjects).stock());
    }

    private String answer(HttpRequest request) throws IOException, InterruptedException {
        String body = client.send(request, BodyHandlers.ofString()).body();
        if (body.split("\"status\":200", -1).length != BEANS + 1) {
            throw new IllegalStateException("not five beans: " + body);
        }
        return body;
    }
}
