package io.librarysync.jmx;

import io.librarysync.events.SyncEvent;
import io.librarysync.events.SyncEventType;
import io.librarysync.export.EventJson;
import io.librarysync.metrics.StateTransition;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.ArrayList;
import java.util.List;
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
    private static final String EVENT = "io.librarysync.";

    private final ObjectName name;
    private final MBeanInfo info;
    private final AtomicLong sequence = new AtomicLong();

    MetricsControlBean(MetricsControlMXBean control, ObjectName name, NotificationQueue queue) {
        super(
                ControlCalls.of(MetricsControlMXBean.class, control),
                MetricsControlMXBean.class,
                true,
                new NotificationBroadcasterSupport(queue, emitted()));
        this.name = name;
        this.info = Described.control(super.getMBeanInfo(), MetricsControlMXBean.class);
    }

    private static MBeanNotificationInfo[] emitted() {
        List<MBeanNotificationInfo> emitted = new ArrayList<>();
        emitted.add(new MBeanNotificationInfo(
                new String[] {UPDATED},
                Notification.class.getName(),
                "Metrics have moved; the user data is the snapshot as JSON, numbered, the latest only"));
        for (SyncEventType type : SyncEventType.values()) {
            emitted.add(new MBeanNotificationInfo(
                    new String[] {EVENT + type.label()},
                    Notification.class.getName(),
                    type.meaning() + "; the user data is the event as JSON, the number is that of the event"));
        }
        emitted.add(new MBeanNotificationInfo(
                new String[] {AttributeChangeNotification.ATTRIBUTE_CHANGE},
                AttributeChangeNotification.class.getName(),
                "CurrentState of the category State has changed"));
        return emitted.toArray(MBeanNotificationInfo[]::new);
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

    void happened(SyncEvent event) {
        Notification told = new Notification(
                EVENT + event.type().label(),
                name,
                event.id().sequence(),
                event.at().toEpochMilli(),
                event.summary());
        told.setUserData(EventJson.tree(event).toString());
        sendNotification(told);
    }

    void transitioned(StateTransition transition) {
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
