package io.librarysync.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.metrics.Category;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.rmi.AccessException;
import java.rmi.Remote;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.Notification;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteJmxTest {
    private static final String TOKEN = "right";
    private static final String MEMORY = "java.lang:type=Memory";
    private static final String CONTROL =
            "io.librarysync:type=Control,library=" + BeansFixture.LIBRARY + ",name=Metrics";

    private final SyncMBeansOnPlatform device = new SyncMBeansOnPlatform();
    private RemoteJmx remote;
    private JMXConnector client;
    private MBeanServerConnection server;

    /** The beans stand beside those of the JVM, as in a real process. */
    private static final class SyncMBeansOnPlatform implements AutoCloseable {
        final BeansFixture fixture = new BeansFixture().withTraffic();
        final SyncMBeans beans = SyncMBeans.register(
                BeanServer.ofProcess(),
                fixture.metrics,
                fixture.history,
                fixture.book(),
                new SyncMBeans.Options("1", 10));

        @Override
        public void close() {
            beans.close();
            fixture.close();
        }
    }

    @BeforeEach
    void connect() throws IOException {
        device.beans.refresh();
        remote = RemoteJmx.start(
                BeanServer.ofProcess(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TOKEN::equals);
        client = connect("sd", TOKEN);
        server = client.getMBeanServerConnection();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        remote.close();
        device.close();
    }

    @ParameterizedTest
    @EnumSource
    void aCategoryIsReadWithOpenTypes(Category category) throws Exception {
        ObjectName name = server.queryNames(
                        new ObjectName("io.librarysync:type=Metrics,name=" + category.beanName() + ",*"), null)
                .iterator()
                .next();
        var attributes = server.getMBeanInfo(name).getAttributes();
        assertThat(attributes)
                .allSatisfy(attribute -> assertThat(attribute.getDescriptor().getFieldNames())
                        .contains("openType", "originalType", "units", "metricType"));
        for (var attribute : attributes) {
            Object value = server.getAttribute(name, attribute.getName());
            if (attribute instanceof OpenMBeanAttributeInfo open && value != null) {
                assertThat(open.getOpenType().isValue(value))
                        .as(attribute.getName())
                        .isTrue();
            }
        }
    }

    @Test
    void theBeansThatComeAndGoAreReadable() throws Exception {
        ObjectName peer = new ObjectName(
                "io.librarysync:type=Device,library=" + BeansFixture.LIBRARY + ",name=" + BeansFixture.PEER);
        assertThat(server.getAttribute(peer, "ChangesApplied")).isEqualTo(8L);
        assertThat(server.getAttribute(peer, "DeviceName")).isEqualTo("desktop");
    }

    @Test
    void aSnapshotIsRebuiltFromItsOpenData() throws Exception {
        MetricsControlMXBean control = JMX.newMXBeanProxy(server, new ObjectName(CONTROL), MetricsControlMXBean.class);
        MetricsView view = control.snapshot();
        assertThat(view.deviceName()).isEqualTo("laptop");
        assertThat(view.operations()).isNotNull();
    }

    @Test
    void notificationsOfOurBeansArrive() throws Exception {
        BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
        server.addNotificationListener(
                new ObjectName(CONTROL), (notification, handback) -> heard.add(notification), null, null);
        device.fixture.withTraffic();
        device.beans.refresh();
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void enabledOfMetricsCanBeWrittenAndNothingElse() throws Exception {
        server.setAttribute(new ObjectName(CONTROL), new Attribute("Enabled", false));
        assertThat(device.fixture.metrics.isEnabled()).isFalse();
        assertRefused(() -> server.setAttribute(new ObjectName(CONTROL), new Attribute("Version", "2")));
        assertRefused(() -> server.setAttribute(new ObjectName(MEMORY), new Attribute("Verbose", true)));
        assertThat(ManagementFactory.getMemoryMXBean().isVerbose()).isFalse();
    }

    @Test
    void memoryAndGcOfTheProcessAreRefused() throws Exception {
        assertRefused(() -> server.getAttribute(new ObjectName(MEMORY), "HeapMemoryUsage"));
        assertRefused(() -> server.getAttributes(new ObjectName(MEMORY), new String[] {"HeapMemoryUsage"}));
        assertRefused(() -> server.invoke(new ObjectName(MEMORY), "gc", new Object[0], new String[0]));
        assertRefused(() -> server.getMBeanInfo(new ObjectName(MEMORY)));
    }

    @Test
    void aForeignNotificationIsRefused() throws Exception {
        assertRefused(() ->
                server.addNotificationListener(new ObjectName(MEMORY), (notification, handback) -> {}, null, null));
    }

    @Test
    void onlyOurBeansAreToldToComeAndGo() throws Exception {
        BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
        NotificationListener listener = (notification, handback) -> heard.add(notification);
        server.addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, listener, null, null);
        comeAndGo("foreign:type=Thing");
        comeAndGo("io.librarysync:type=Thing");
        assertThat(names(heard, 2)).containsExactly("io.librarysync:type=Thing", "io.librarysync:type=Thing");
        server.removeNotificationListener(MBeanServerDelegate.DELEGATE_NAME, listener);
    }

    @Test
    void aListenerOfTheDelegateIsTakenAwayAsItWasAdded() throws Exception {
        MBeanServer guarded = RemoteAccess.guardForClients(ManagementFactory.getPlatformMBeanServer());
        List<Notification> heard = new ArrayList<>();
        NotificationListener listener = (notification, handback) -> heard.add(notification);
        NotificationFilter every = notification -> true;
        guarded.addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, listener, every, null);
        comeAndGo("io.librarysync:type=Thing");
        guarded.removeNotificationListener(MBeanServerDelegate.DELEGATE_NAME, listener, every, null);
        comeAndGo("io.librarysync:type=Thing");
        assertThat(heard).hasSize(2);
    }

    private static void comeAndGo(String name) throws Exception {
        MBeanServer process = ManagementFactory.getPlatformMBeanServer();
        process.registerMBean(new StandardMBean(new RecordedSync(), SyncControl.class, true), new ObjectName(name));
        process.unregisterMBean(new ObjectName(name));
    }

    private static List<String> names(BlockingQueue<Notification> heard, int count) throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            MBeanServerNotification told = (MBeanServerNotification) heard.poll(10, TimeUnit.SECONDS);
            names.add(told.getMBeanName().toString());
        }
        return names;
    }

    @Test
    void noBeanCanBeMadeOrTakenAway() throws Exception {
        assertRefused(() -> server.createMBean("javax.management.loading.MLet", new ObjectName("x:type=MLet")));
        assertRefused(() -> server.unregisterMBean(new ObjectName(CONTROL)));
    }

    @Test
    void foreignBeansAreNotListed() throws Exception {
        assertThat(server.queryNames(null, null))
                .allSatisfy(name -> assertThat(name.getDomain()).isIn("io.librarysync", "JMImplementation"));
        assertThat(server.getDomains()).containsExactly("io.librarysync");
        assertThat(server.isRegistered(new ObjectName(MEMORY))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd:wrong", "admin:right", "sd:"})
    void aWrongUserOrTokenIsRefused(String pair) {
        assertThatThrownBy(() -> connect(pair.replaceFirst(":.*", ""), pair.replaceFirst(".*:", "")))
                .isInstanceOf(SecurityException.class);
    }

    @Test
    void withoutCredentialsNobodyGetsIn() {
        assertThatThrownBy(() -> connect(Map.of())).isInstanceOf(SecurityException.class);
    }

    @Test
    void onlyTheLoopbackInterfaceIsServed() {
        assertThatThrownBy(() ->
                        RemoteJmx.start(BeanServer.ofProcess(), new InetSocketAddress("0.0.0.0", 0), TOKEN::equals))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback");
    }

    @Test
    void aPortInUseIsNamedWithTheRemedy() {
        assertThatThrownBy(() -> RemoteJmx.start(
                        BeanServer.ofProcess(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port()),
                        TOKEN::equals))
                .isInstanceOf(IOException.class)
                .hasMessageMatching(
                        "jmx: cannot listen on \\S+:%d: Address already in use.*; choose another port, or 0 for any"
                                .formatted(port()));
    }

    @Test
    void nobodyElseCanPutAnythingInThePlaceOfTheConnector() throws Exception {
        Registry registry = LocateRegistry.getRegistry("127.0.0.1", port());
        Remote impostor = registry.lookup("jmxrmi");
        assertDisallowed(() -> registry.rebind("jmxrmi", impostor));
        assertDisallowed(() -> registry.bind("other", impostor));
        assertDisallowed(() -> registry.unbind("jmxrmi"));
        assertThat(registry.list()).containsExactly("jmxrmi");
        connect("sd", TOKEN).close();
    }

    private interface Call {
        void run() throws Exception;
    }

    private int port() {
        return Integer.parseInt(remote.address().replaceFirst(".*:", ""));
    }

    private static void assertDisallowed(Call call) {
        assertThatThrownBy(call::run).hasRootCauseInstanceOf(AccessException.class);
    }

    private static void assertRefused(Call call) {
        assertThatThrownBy(call::run).isInstanceOf(SecurityException.class).hasMessageContaining("refused");
    }

    private JMXConnector connect(String user, String password) throws IOException {
        return connect(Map.of(JMXConnector.CREDENTIALS, new String[] {user, password}));
    }

    @SuppressWarnings("BanJNDI") // the address is that of the server under test
    private JMXConnector connect(Map<String, ?> environment) throws IOException {
        return JMXConnectorFactory.connect(new JMXServiceURL(RemoteJmx.url(remote.address())), environment);
    }
}
