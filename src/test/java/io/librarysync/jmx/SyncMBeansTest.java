package io.librarysync.jmx;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.SyncState;
import io.librarysync.events.SyncEventType;
import io.librarysync.history.MetricsHistory;
import io.librarysync.history.Window;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.OperationMetricsMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.management.Attribute;
import javax.management.AttributeChangeNotification;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyncMBeansTest {
    private static final String NAME = "io.librarysync:type=%s,library=" + BeansFixture.LIBRARY + ",name=%s";

    private final BeansFixture device = new BeansFixture();
    private final MBeanServer server = device.server.mbeans();

    @AfterEach
    void close() {
        device.close();
    }

    @Test
    void theBeansAreNamedAsPublished() throws Exception {
        device.withTraffic().beans.refresh();
        device.beans.register(new RecordedSync());
        assertThat(server.queryNames(new ObjectName("io.librarysync:*"), null))
                .extracting(ObjectName::toString)
                .containsExactlyInAnyOrder(
                        NAME.formatted("Metrics", "State"),
                        NAME.formatted("Metrics", "Operations"),
                        NAME.formatted("Metrics", "DataVolume"),
                        NAME.formatted("Metrics", "Performance"),
                        NAME.formatted("Metrics", "Errors"),
                        NAME.formatted("Control", "Metrics"),
                        NAME.formatted("Control", "Sync"),
                        NAME.formatted("Device", BeansFixture.DEVICE),
                        NAME.formatted("Device", BeansFixture.PEER),
                        NAME.formatted("Model", "entry"),
                        NAME.formatted("Model", "tag"));
    }

    @Test
    void closingTakesAllBeansAway() throws Exception {
        device.withTraffic().beans.refresh();
        device.beans.close();
        assertThat(server.queryNames(new ObjectName("io.librarysync:*"), null)).isEmpty();
    }

    @Test
    void noAttributeWaitsForTheDatabaseOrForWhoeverClosesAnEpoch() throws Exception {
        device.withTraffic().beans.refresh();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            synchronized (device.store) {
                device.metrics.reset((closing, next) -> {
                    held.countDown();
                    join(read);
                });
            }
        });
        holder.start();
        held.await();

        assertTimeoutPreemptively(Duration.ofSeconds(30), this::readEverything);
        read.countDown();
        holder.join();
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void readEverything() throws Exception {
        for (ObjectName bean : server.queryNames(new ObjectName("io.librarysync:*"), null)) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
                var unused = server.getAttribute(bean, attribute.getName());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCategoryListsItsMetricsAsDeclared(Category category) throws Exception {
        MBeanInfo info = server.getMBeanInfo(name("Metrics", category.beanName()));
        var declared = MetricGroup.describe(category.type());
        assertThat(info.getAttributes())
                .extracting(MBeanAttributeInfo::getName)
                .containsExactlyElementsOf(
                        declared.stream().map(MetricDescription::attribute).toList());
        assertThat(info.getAttributes())
                .extracting(MBeanFeatureInfo::getDescription)
                .containsExactlyElementsOf(
                        declared.stream().map(MetricDescription::help).toList());
        assertThat(info.getAttributes())
                .extracting(attribute -> attribute.getDescriptor().getFieldValue("units"))
                .containsExactlyElementsOf(
                        declared.stream().map(MetricDescription::unit).toList());
        assertThat(info.getAttributes())
                .extracting(attribute -> attribute.getDescriptor().getFieldValue("metricType"))
                .containsExactlyElementsOf(
                        declared.stream().map(MetricDescription::kind).toList());
    }

    @Test
    void aBeanSaysWhatTheSnapshotSays() throws Exception {
        device.withTraffic();
        OperationMetricsMXBean bean =
                JMX.newMXBeanProxy(server, name("Metrics", "Operations"), OperationMetricsMXBean.class);
        assertThat(bean.getChangesReceived()).isEqualTo(8);
        assertThat(bean.getReceivedByRoute())
                .isEqualTo(device.metrics.snapshot().operations().getReceivedByRoute());
    }

    @ParameterizedTest
    @EnumSource
    void everyAttributeCanBeRead(Category category) throws Exception {
        device.withTraffic();
        ObjectName name = name("Metrics", category.beanName());
        String[] attributes = attributes(name);
        assertThat(server.getAttributes(name, attributes)).hasSize(attributes.length);
    }

    @Test
    void allAttributesOfABulkReadComeFromOneSnapshot() throws Exception {
        long before = device.metrics.snapshot().number();
        server.getAttributes(name("Metrics", "Operations"), attributes(name("Metrics", "Operations")));
        assertThat(device.metrics.snapshot().number()).isEqualTo(before + 2);
    }

    @Test
    void theSnapshotOperationHoldsTheNumbersOfAllCategories() throws Exception {
        device.withTraffic();
        CompositeData view = invoke("snapshot");
        assertThat(((CompositeData) view.get("operations")).get("changesApplied"))
                .isEqualTo(8L);
        assertThat(((CompositeData) view.get("state")).get("currentState")).isEqualTo("Ready");
        assertThat(((CompositeData) view.get("performance")).get("watermarkAgeMillis"))
                .isNotNull();
        assertThat(view.get("deviceName")).isEqualTo("laptop");
    }

    @Test
    void aProxyOfTheControlBeanRebuildsTheSnapshot() throws Exception {
        device.withTraffic();
        MetricsView view = control().snapshot();
        assertThat(view.state()).isNotNull();
        assertThat(requireNonNull(view.dataVolume()).getEntriesSynced()).isEqualTo(Map.of("entry", 8L, "tag", 3L));
    }

    @Test
    void aQueryAnswersForOnePeerAndNamesWhatItCannotSplit() throws Exception {
        device.withTraffic();
        MetricsView view = control().query(null, null, "desktop", null, "operations, state");
        assertThat(view.peer()).isEqualTo(BeansFixture.PEER);
        assertThat(requireNonNull(view.operations()).getChangesApplied()).isEqualTo(8);
        assertThat(view.notFilterable()).contains("CurrentState");
        assertThat(view.errors()).isNull();
    }

    @Test
    void aQueryAnswersForAWindow() throws Exception {
        device.clock.advance(Duration.ofSeconds(10));
        device.history.sample();
        device.clock.advance(Duration.ofSeconds(10));
        device.withTraffic();
        MetricsView view = control().query("12s", null, null, null, null);
        assertThat(requireNonNull(view.operations()).getChangesApplied()).isEqualTo(8);
        assertThat(view.windowFromEpochMillis())
                .isEqualTo(device.clock.millis() - Duration.ofSeconds(12).toMillis());
        assertThat(control().report("12s", null, null, null, "operations")).contains("Operations (last 12s)");
    }

    @Test
    void aMomentThatCannotBeReadIsRefusedInOneLine() {
        assertThat(failure("query", "yesteday", null, null, null, null))
                .hasMessage("since: cannot read \"yesteday\"; try \"1 hour ago\", 90m, 2d, \"2025-10-23 10:00:00\", "
                        + "2025-10-23T10:00:00Z, today, yesterday");
    }

    @Test
    void aProcessWithoutHistoryRefusesAWindow() {
        assertThatThrownBy(() -> MetricsHistory.none(device.metrics).capture(new Window.OfEpoch(1)))
                .hasMessageStartingWith("this process keeps no history");
    }

    @Test
    void theRingOfSamplesTellsItsSize() throws Exception {
        int before = control().getHistorySize();
        device.history.sample();
        assertThat(control().getHistorySize()).isEqualTo(before + 1);
        assertThat(control().getHistoryCapacity()).isEqualTo(1_000);
    }

    @Test
    void theReportIsTheScreen() throws Exception {
        assertThat(control().report(null, null, null, null, "state"))
                .startsWith("Sync Metrics (Library: My \"Library\")")
                .contains("State")
                .doesNotContain("Bandwidth");
    }

    @Test
    void aCaptureIsKeptAndCounted() throws Exception {
        long before = control().getPersistedSnapshots();
        assertThat(control().captureSnapshot()).isEqualTo(before + 1);
        assertThat(control().getPersistedSnapshots()).isEqualTo(before + 1);
        assertThat(control().getLastPersistedEpochMillis()).isEqualTo(device.clock.millis());
    }

    @Test
    void aResetReturnsTheClosedEpochAndStartsFromZero() throws Exception {
        device.withTraffic();
        String epoch = control().getEpochId();
        MetricsView closing = control().reset();
        assertThat(closing.epochId()).isEqualTo(epoch);
        assertThat(requireNonNull(closing.operations()).getChangesApplied()).isEqualTo(8);
        assertThat(control().getEpochId()).isNotEqualTo(epoch);
        assertThat(server.getAttribute(name("Metrics", "Operations"), "ChangesApplied"))
                .isEqualTo(0L);
        assertThat(device.store.count()).isGreaterThan(1);
    }

    @Test
    void aResetThatCannotBeStoredChangesNothing() throws Exception {
        device.withTraffic();
        device.store.failWith("disk full");
        String epoch = control().getEpochId();
        assertThatThrownBy(() -> control().reset()).hasMessageContaining("disk full");
        assertThat(control().getEpochId()).isEqualTo(epoch);
        assertThat(server.getAttribute(name("Metrics", "Operations"), "ChangesApplied"))
                .isEqualTo(8L);
    }

    @Test
    void aResetIsRefusedWhileMetricsAreDisabled() throws Exception {
        control().setEnabled(false);
        String epoch = control().getEpochId();
        assertThatThrownBy(() -> control().reset())
                .hasMessage("metrics are disabled, there is no epoch to close; switch them on first");
        assertThat(control().getEpochId()).isEqualTo(epoch);
    }

    @Test
    void aRefusedArgumentIsAnExceptionOfTheJdk() {
        assertThat(failure("query", null, null, "nobody", null, null))
                .hasMessageStartingWith("unknown peer \"nobody\"")
                .hasNoCause()
                .isExactlyInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatCouldNotBeDoneIsAnExceptionOfTheJdk() {
        device.store.failWith("disk full");
        assertThat(failure("captureSnapshot"))
                .hasMessage("disk full")
                .hasNoCause()
                .isExactlyInstanceOf(IllegalStateException.class);
    }

    @Test
    void anArgumentThatIsMissingIsNamed() throws Exception {
        device.beans.register(new RecordedSync());
        SyncControl sync = JMX.newMXBeanProxy(server, name("Control", "Sync"), SyncControl.class);
        String[] holed = {"/a", null};
        assertThatThrownBy(() -> sync.addLocation(nothing())).hasMessage("path: needed, found null");
        assertThatThrownBy(() -> sync.search(nothing())).hasMessage("text: needed, found null");
        assertThatThrownBy(() -> sync.addTag("red", holed)).hasMessage("paths: needed, found null");
    }

    @SuppressWarnings("NullAway") // what a careless client sends
    private static String nothing() {
        return null;
    }

    @Test
    void recordingIsSwitchedByTheAttributeEnabled() throws Exception {
        server.setAttribute(name("Control", "Metrics"), new Attribute("Enabled", false));
        device.withTraffic();
        assertThat(control().isEnabled()).isFalse();
        assertThat(server.getAttribute(name("Metrics", "Operations"), "ChangesReceived"))
                .isEqualTo(0L);
    }

    @Test
    void operationsTellWhetherTheyChangeAnythingAndHowTheirParametersAreCalled() throws Exception {
        Map<String, MBeanOperationInfo> operations = Arrays.stream(
                        server.getMBeanInfo(name("Control", "Metrics")).getOperations())
                .collect(toMap(MBeanFeatureInfo::getName, operation -> operation));
        assertThat(requireNonNull(operations.get("reset")).getImpact()).isEqualTo(MBeanOperationInfo.ACTION);
        assertThat(requireNonNull(operations.get("snapshot")).getImpact()).isEqualTo(MBeanOperationInfo.INFO);
        assertThat(requireNonNull(operations.get("query")).getSignature())
                .extracting(MBeanFeatureInfo::getName)
                .containsExactly("since", "until", "peer", "model", "categories");
    }

    @Test
    void newsIsNotifiedOnceAndNumbered() throws Exception {
        BlockingQueue<Notification> heard = listen();
        device.withTraffic().beans.refresh();
        device.beans.refresh();
        device.metrics.recorder().changesCommitted(ModelTally.of(BeansFixture.TAG, 1), null);
        device.beans.refresh();
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isInstanceOf(AttributeChangeNotification.class);
        assertThat(heard.poll(5, TimeUnit.SECONDS).getType()).isEqualTo("io.librarysync.state_transition");
        Notification first = heard.poll(5, TimeUnit.SECONDS);
        Notification second = heard.poll(5, TimeUnit.SECONDS);
        assertThat(first.getType()).isEqualTo("io.librarysync.metrics.updated");
        assertThat(second.getSequenceNumber()).isEqualTo(first.getSequenceNumber() + 1);
        assertThat((String) second.getUserData()).contains("\"local_changes_committed\":4");
        assertThat(heard).isEmpty();
    }

    @Test
    void aTransitionIsNotifiedWithItsEdgeAndReason() throws Exception {
        BlockingQueue<Notification> heard = listen();
        device.metrics.recorder().stateChanged(SyncState.UNINITIALIZED, SyncState.READY, "nothing to pull");
        Notification attribute = heard.poll(5, TimeUnit.SECONDS);
        assertThat(((AttributeChangeNotification) attribute).getNewValue()).isEqualTo("Ready");
        Notification event = heard.poll(5, TimeUnit.SECONDS);
        assertThat(event.getMessage()).isEqualTo("Uninitialized -> Ready: nothing to pull");
        assertThat(event.getSequenceNumber()).isEqualTo(1);
        assertThat((String) event.getUserData())
                .startsWith("{\"id\":\"run:1\",")
                .endsWith("\"summary\":\"Uninitialized -> Ready: nothing to pull\"}");
    }

    @Test
    void everyTypeOfEventIsDeclared() throws Exception {
        List<String> declared = Arrays.stream(
                        server.getMBeanInfo(name("Control", "Metrics")).getNotifications())
                .flatMap(info -> Arrays.stream(info.getNotifTypes()))
                .toList();
        assertThat(declared)
                .containsAll(Arrays.stream(SyncEventType.values())
                        .map(type -> "io.librarysync." + type.label())
                        .toList());
    }

    @Test
    void eventsOfSeveralThreadsAreHeardInTheOrderOfTheirNumbersWithoutAGap() throws Exception {
        BlockingQueue<Notification> heard = listen();
        DeviceId peer = DeviceId.parse(BeansFixture.PEER);
        IntStream.range(0, 900)
                .parallel()
                .forEach(i -> device.metrics.recorder().peerConnected(peer));
        List<Long> numbers = new ArrayList<>();
        while (numbers.size() < 900) {
            numbers.add(requireNonNull(heard.poll(5, TimeUnit.SECONDS)).getSequenceNumber());
        }
        assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, 900).boxed().toList());
    }

    @Test
    void aListenerThatStandsStillHoldsUpNobodyAndWhatItMissesIsCounted() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        List<Long> heard = Collections.synchronizedList(new ArrayList<>());
        server.addNotificationListener(
                name("Control", "Metrics"),
                (notification, handback) -> {
                    awaitUninterrupted(goOn);
                    heard.add(notification.getSequenceNumber());
                },
                null,
                null);
        DeviceId peer = DeviceId.parse(BeansFixture.PEER);
        for (int i = 0; i < 3_000; i++) {
            device.metrics.recorder().peerConnected(peer);
        }
        assertThat(device.events.journal().last()).isEqualTo(3_000);
        long dropped = device.metrics.snapshot().errors().getLostUpdatesDropped();

        goOn.countDown();
        await().until(() -> heard.contains(3_000L));
        assertThat(heard).isSorted().hasSizeBetween(1_000, 2_000); // what waited, and what was taken to be delivered
        assertThat(heard.size() + dropped).isEqualTo(3_000);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDeviceBeanHoldsFlatNumbersOfThatDevice() throws Exception {
        device.withTraffic().beans.refresh();
        ObjectName peer = name("Device", BeansFixture.PEER);
        assertThat(server.getAttribute(peer, "DeviceName")).isEqualTo("desktop");
        assertThat(server.getAttribute(peer, "ChangesApplied")).isEqualTo(8L);
        assertThat(server.getAttribute(peer, "LastSeenEpochMillis")).isEqualTo(-1L);
        assertThat(server.getAttributes(peer, attributes(peer))).hasSize(attributes(peer).length);
        assertThat(server.getMBeanInfo(peer).getAttributes())
                .allSatisfy(attribute -> assertThat(attribute.getDescriptor().getFieldValue("units"))
                        .as(attribute.getName())
                        .isNotNull())
                .allSatisfy(attribute -> assertThat(attribute.getDescription()).contains(" "));
    }

    @Test
    void aModelBeanHoldsFlatNumbersOfThatModel() throws Exception {
        device.withTraffic().beans.refresh();
        ObjectName entry = name("Model", "entry");
        assertThat(server.getAttribute(entry, "EntriesSynced")).isEqualTo(8L);
        assertThat(server.getAttributes(entry, attributes(entry))).hasSize(attributes(entry).length);
    }

    @Test
    void onlyTheDevicesSeenLastHaveABean() throws Exception {
        device.withTraffic();
        for (int i = 0; i < 3; i++) {
            var id = DeviceId.parse("44444444-0000-4000-8000-00000000000" + i);
            device.metrics.recorder().peerKnown(id, "d" + i);
            device.metrics.recorder().frameReceived(id, MessageType.HEARTBEAT, 10);
            device.metrics.recorder().changeApplied(id, BeansFixture.TAG, 1, 1, 1);
            device.clock.advance(Duration.ofSeconds(1));
            device.beans.refresh();
        }
        assertThat(server.queryNames(new ObjectName("io.librarysync:type=Device,*"), null))
                .extracting(name -> name.getKeyProperty("name"))
                .containsExactlyInAnyOrder(
                        "44444444-0000-4000-8000-000000000001", "44444444-0000-4000-8000-000000000002");
    }

    @Test
    void theSyncServiceIsCalledThroughItsBean() throws Exception {
        RecordedSync sync = new RecordedSync();
        device.beans.register(sync);
        server.invoke(name("Control", "Sync"), "addTag", new Object[] {"red", new String[] {"/a", "/b"}}, new String[] {
            String.class.getName(), String[].class.getName()
        });
        assertThat(sync.calls).containsExactly("addTag red [/a, /b]");
    }

    @Test
    void aNameInUseIsRefusedWithNothingLeftBehind() throws Exception {
        assertThatThrownBy(() -> SyncMBeans.register(
                        device.server, device.metrics, device.history, device.book(), new SyncMBeans.Options("1", 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("cannot register io.librarysync:type=Metrics");
        assertThat(server.queryNames(new ObjectName("io.librarysync:*"), null)).hasSize(6);
    }

    private MetricsControlMXBean control() throws Exception {
        return JMX.newMXBeanProxy(server, name("Control", "Metrics"), MetricsControlMXBean.class);
    }

    private CompositeData invoke(String operation) throws Exception {
        return (CompositeData) server.invoke(name("Control", "Metrics"), operation, new Object[0], new String[0]);
    }

    private Throwable failure(String operation, @Nullable Object... arguments) {
        String[] signature = new String[arguments.length];
        Arrays.fill(signature, String.class.getName());
        RuntimeMBeanException failure = catchThrowableOfType(
                RuntimeMBeanException.class,
                () -> server.invoke(name("Control", "Metrics"), operation, arguments, signature));
        return failure.getTargetException();
    }

    private BlockingQueue<Notification> listen() throws Exception {
        BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
        server.addNotificationListener(
                name("Control", "Metrics"), (notification, handback) -> heard.add(notification), null, null);
        return heard;
    }

    private String[] attributes(ObjectName name) throws Exception {
        return Arrays.stream(server.getMBeanInfo(name).getAttributes())
                .map(MBeanFeatureInfo::getName)
                .toArray(String[]::new);
    }

    private static ObjectName name(String type, String name) throws Exception {
        return new ObjectName(NAME.formatted(type, name));
    }
}
