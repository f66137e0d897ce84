package io.librarysync.jmx;

import io.librarysync.metrics.StateTransition;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.AttributeChangeNotification;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import javax.management.StandardEmitterMBean;

/** The MXBean that controls metrics, in the words of its interface, and the one that emits notifications. */
final class MetricsControlBean extends StandardEmitterMBean {
    static final String UPDATED = "io.librarysync.metrics.updated";
    static final String TRANSITION = "io.librarysync.state_transition";

    private static final MBeanNotificationInfo[] EMITTED = {
        new MBeanNotificationInfo(
                new String[] {UPDATED},
                Notification.class.getName(),
                "Metrics have moved; the user data is the snapshot as JSON, numbered, the latest only"),
        new MBeanNotificationInfo(
                new String[] {TRANSITION},
                Notification.class.getName(),
                "The state of sync has changed; the user data is the edge, the message says why"),
        new MBeanNotificationInfo(
                new String[] {AttributeChangeNotification.ATTRIBUTE_CHANGE},
                AttributeChangeNotification.class.getName(),
                "CurrentState of the category State has changed")
    };

    private final ObjectName name;
    private final MBeanInfo info;
    private final AtomicLong sequence = new AtomicLong();

    MetricsControlBean(MetricsControlMXBean control, ObjectName name, NotificationQueue queue) {
        super(
                ControlCalls.of(MetricsControlMXBean.class, control),
                MetricsControlMXBean.class,
                true,
                new NotificationBroadcasterSupport(queue, EMITTED));
        this.name = name;
        this.info = Described.control(super.getMBeanInfo(), MetricsControlMXBean.class);
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return info;
    }

    void updated(SyncMetricsSnapshot snapshot, String json) {
        Notification update = new Notification(
                UPDATED,
                name,
                sequence.incrementAndGet(),
                snapshot.timestamp().toEpochMilli(),
                "snapshot " + snapshot.number());
        update.setUserData(json);
        sendNotification(update);
    }

    void transitioned(StateTransition transition) {
        Notification event = new Notification(
                TRANSITION, name, sequence.incrementAndGet(), transition.atEpochMillis(), transition.reason());
        event.setUserData(transition.edge());
        sendNotification(event);
        sendNotification(new AttributeChangeNotification(
                name,
                sequence.incrementAndGet(),
                transition.atEpochMillis(),
                transition.reason(),
                "CurrentState",
                String.class.getName(),
                transition.from(),
                transition.to()));
    }
}
