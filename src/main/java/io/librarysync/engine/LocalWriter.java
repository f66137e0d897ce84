package io.librarysync.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The way by which changes made on this device enter its library: stamped, logged and queued for the peers. What is there
 * already is read through {@link LibraryStore#read}.
 */
public interface LocalWriter {

    /**
     * Commits {@code changes} in one transaction, in the order given; what a record refers to comes before it, in this list
     * or earlier. Only records that this device owns and shared ones can be written. May be called from any thread.
     *
     * @return completes once the transaction is durable; exceptionally with a {@link StoreException} when nothing was
     *     written, or an {@link IllegalArgumentException} when a change is not well-formed, refers to a record that is not
     *     there, or belongs to another device
     */
    CompletableFuture<Void> commit(List<LocalChange> changes);
}
