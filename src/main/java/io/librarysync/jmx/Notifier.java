package io.librarysync.jmx;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;

/**
 * Builds notifications and delivers them to all listeners, both where its executor says; nothing is built while nobody
 * listens.
 */
final class Notifier extends NotificationBroadcasterSupport {
    private final Executor deliveries;
    private final List<NotificationListener> listeners = new CopyOnWriteArrayList<>();

    /** @param emitted what it may tell of */
    Notifier(Executor deliveries, MBeanNotificationInfo... emitted) {
        super(emitted);
        this.deliveries = deliveries;
    }

    /** Tells whoever listens, later. */
    void tell(Supplier<Notification> notification) {
        if (!listeners.isEmpty()) {
            deliveries.execute(() -> sendNotification(notification.get()));
        }
    }

    @Override
    public void addNotificationListener(
            NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback) {
        super.addNotificationListener(listener, filter, handback);
        listeners.add(listener);
    }

    @Override
    public void removeNotificationListener(NotificationListener listener) throws ListenerNotFoundException {
        super.removeNotificationListener(listener);
        listeners.removeAll(List.of(listener));
    }

    @Override
    public void removeNotificationListener(
            NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback)
            throws ListenerNotFoundException {
        super.removeNotificationListener(listener, filter, handback);
        listeners.remove(listener);
    }
}
