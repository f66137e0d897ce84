package io.librarysync.jmx;

import io.librarysync.events.SyncEvent;
import io.librarysync.events.SyncEventType;
import io.librarysync.export.EventJson;
import io.librarysync.export.SnapshotJson;
import io.librarysync.metrics.StateTransition;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.AttributeChangeNotification;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.StandardEmitterMBean;

/** The MXBean that controls metrics, in the words of its interface, and the one that emits notifications. */
final class MetricsControlBean extends StandardEmitterMBean {
    static final String UPDATED = "io.librarysync.metrics.updated";
    private static final String EVENT = "io.librarysync.";

    private final ObjectName name;
    private final MBeanInfo info;
    private final Notifier notifier;
    private final AtomicLong sequence = new AtomicLong();

    /** @param deliveries where notifications are built and delivered, one after the other */
    MetricsControlBean(MetricsControlMXBean control, ObjectName name, Executor deliveries) {
        this(control, name, new Notifier(deliveries, emitted()));
    }

    private MetricsControlBean(MetricsControlMXBean control, ObjectName name, Notifier notifier) {
        super(ControlCalls.of(MetricsControlMXBean.class, control), MetricsControlMXBean.class, true, notifier);
        this.notifier = notifier;
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

    void updated(SyncMetricsSnapshot snapshot) {
        long number = sequence.incrementAndGet();
        notifier.tell(() -> update(number, snapshot));
    }

    void happened(SyncEvent event) {
        notifier.tell(() -> event(event));
    }

    void transitioned(StateTransition transition) {
        long number = sequence.incrementAndGet();
        notifier.tell(() -> stateChange(number, transition));
    }

    private Notification update(long number, SyncMetricsSnapshot snapshot) {
        Notification update = new Notification(
                UPDATED, name, number, snapshot.timestamp().toEpochMilli(), "snapshot " + snapshot.number());
        update.setUserData(SnapshotJson.compact(snapshot));
        return update;
    }

    private Notification event(SyncEvent event) {
        Notification told = new Notification(
                EVENT + event.type().label(),
                name,
                event.id().sequence(),
                event.at().toEpochMilli(),
                event.summary());
        told.setUserData(EventJson.tree(event).toString());
        return told;
    }

    private Notification stateChange(long number, StateTransition transition) {
        return new AttributeChangeNotification(
                name,
                number,
                transition.atEpochMillis(),
                transition.reason(),
                "CurrentState",
                String.class.getName(),
                transition.from(),
                transition.to());
    }
}
