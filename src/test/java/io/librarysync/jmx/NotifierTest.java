package io.librarysync.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationListener;
import org.junit.jupiter.api.Test;

class NotifierTest {
    private final Queue<Runnable> deliveries = new ArrayDeque<>();
    private final Notifier notifier = new Notifier(deliveries::add);
    private final List<Long> built = new ArrayList<>();
    private final List<Long> heard = new ArrayList<>();
    private final NotificationListener listener =
            (notification, handback) -> heard.add(notification.getSequenceNumber());

    @Test
    void nothingIsBuiltWhileNobodyListens() throws ListenerNotFoundException {
        tell(1);
        notifier.addNotificationListener(listener, null, "one");
        notifier.addNotificationListener(listener, null, "other");
        notifier.addNotificationListener(listener, null, "third");
        notifier.removeNotificationListener(listener, null, "one");
        tell(2);
        deliver();
        notifier.removeNotificationListener(listener);
        tell(3);
        deliver();

        assertThat(built).containsExactly(2L);
        assertThat(heard).containsExactly(2L, 2L);
    }

    @Test
    void whatIsToldIsBuiltWhereItIsDeliveredAndInOrder() {
        notifier.addNotificationListener(listener, null, null);
        tell(1);
        tell(2);
        assertThat(built).isEmpty();

        deliver();

        assertThat(built).containsExactly(1L, 2L);
        assertThat(heard).isEqualTo(built);
    }

    private void tell(long number) {
        notifier.tell(() -> {
            built.add(number);
            return new Notification("told", this, number);
        });
    }

    private void deliver() {
        while (!deliveries.isEmpty()) {
            deliveries.remove().run();
        }
    }
}
