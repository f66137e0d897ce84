package io.librarysync.events;

/** Hears of each event in the order of their numbers, on the thread that brought it about; it returns at once. */
@FunctionalInterface
public interface EventListener {
    void happened(SyncEvent event);
}
