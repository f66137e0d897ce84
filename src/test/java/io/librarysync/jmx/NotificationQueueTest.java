package io.librarysync.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NotificationQueueTest {
    private static final int OFFERED = 200_000;

    @Test
    void everyDeliveryIsMadeOrDroppedAndCountedOnce() {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger dropped = new AtomicInteger();
        try (NotificationQueue queue = new NotificationQueue(1, dropped::incrementAndGet)) {
            for (int i = 0; i < OFFERED; i++) {
                queue.execute(made::incrementAndGet);
            }
            await().until(() -> made.get() + dropped.get() >= OFFERED);
        }
        assertThat(made.get() + dropped.get()).isEqualTo(OFFERED);
    }
}
