package io.librarysync.jmx;

import io.librarysync.jmx.FetchingListeners.Fetched;
import io.librarysync.jmx.FetchingListeners.Wish;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.management.Notification;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;

/**
 * What was told to one listener that fetches and was not fetched yet; when it is full the oldest makes room, and how many did
 * is said with the rest. Safe from any thread.
 */
final class Mailbox implements NotificationListener {
    private final Wish wish;
    private final int capacity;
    private final Runnable full;
    private final Deque<Notification> waiting = new ArrayDeque<>();
    private int dropped;

    /** @param full what to do when the oldest had to make room */
    Mailbox(Wish wish, int capacity, Runnable full) {
        this.wish = wish;
        this.capacity = capacity;
        this.full = full;
    }

    @Override
    public void handleNotification(Notification notification, @Nullable Object handback) {
        if (!keep(notification)) {
            full.run();
        }
    }

    Wish wish() {
        return wish;
    }

    /** Returns whether there was room. */
    private synchronized boolean keep(Notification notification) {
        boolean hasRoom = waiting.size() < capacity;
        if (!hasRoom) {
            waiting.removeFirst();
            dropped++;
        }
        waiting.addLast(notification);
        return hasRoom;
    }

    /** What waits, which then waits no more. */
    synchronized Fetched fetch() {
        Fetched fetched = new Fetched(wish, List.copyOf(waiting), dropped);
        waiting.clear();
        dropped = 0;
        return fetched;
    }
}
