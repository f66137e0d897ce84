package io.librarysync.testing;

import io.librarysync.events.EventArchive;
import io.librarysync.events.EventBook;
import io.librarysync.history.MetricsHistory;
import io.librarysync.jmx.BeanServer;
import io.librarysync.jmx.MetricsControlMXBean;
import io.librarysync.jmx.MetricsView;
import io.librarysync.jmx.SyncMBeans;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.SyncMetrics;
import java.util.Set;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** The beans of one run of a device in an MBean server of its own, read as any client reads them. */
public final class OwnBeans implements AutoCloseable {
    private static final int MOST_DEVICES = 1_000;
    private static final SyncMBeans.Options OPTIONS = new SyncMBeans.Options("test", MOST_DEVICES);

    private final String library;
    private final BeanServer server = BeanServer.separate();
    private final SyncMBeans beans;

    private OwnBeans(SyncMetrics metrics, EventBook events) {
        library = metrics.library().id();
        beans = SyncMBeans.register(server, metrics, MetricsHistory.none(metrics), events, OPTIONS);
    }

    static OwnBeans of(TestDevice run) {
        return new OwnBeans(run.metrics(), new EventBook(run.events().journal(), EventArchive.NONE));
    }

    /** Adds the beans of devices and models that were met since. */
    public void refresh() {
        beans.refresh();
    }

    /** The names of the beans of a type such as {@code Device}; of all types if it is {@code *}. */
    public Set<String> names(String type) {
        Set<String> names = new TreeSet<>();
        mbeans().queryNames(name(type, "*"), null).forEach(name -> names.add(name.getKeyProperty("name")));
        return names;
    }

    /** One attribute of one bean. */
    public Object attribute(String type, String name, String attribute) {
        try {
            return mbeans().getAttribute(name(type, name), attribute);
        } catch (JMException e) {
            throw new AssertionError(attribute + " of " + type + " " + name + " cannot be read", e);
        }
    }

    /** A category behind the interface that declares it; each call reads one attribute. */
    Object category(Category category) {
        return JMX.newMXBeanProxy(mbeans(), name("Metrics", category.beanName()), category.type());
    }

    /** What the operation {@code snapshot} of the control bean returns. */
    MetricsView snapshot() {
        return JMX.newMXBeanProxy(mbeans(), name("Control", "Metrics"), MetricsControlMXBean.class)
                .snapshot();
    }

    /** Takes all of them away. */
    @Override
    public void close() {
        beans.close();
    }

    private MBeanServer mbeans() {
        return server.mbeans();
    }

    private ObjectName name(String type, String name) {
        try {
            return new ObjectName("%s:type=%s,library=%s,name=%s".formatted(SyncMBeans.DOMAIN, type, library, name));
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(type + " " + name, e);
        }
    }
}
