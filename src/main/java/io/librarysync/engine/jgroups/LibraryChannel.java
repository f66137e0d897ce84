package io.librarysync.engine.jgroups;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.stack.Protocol;

/** A channel that tells when its port is bound, which is well before it has joined. */
final class LibraryChannel extends JChannel {

    private final CompletableFuture<String> bound = new CompletableFuture<>();

    LibraryChannel(List<Protocol> protocols) throws Exception {
        super(protocols);
    }

    /** The address it is bound to; exceptionally what is in the way. */
    CompletableFuture<String> bound() {
        return bound;
    }

    String boundTo() {
        return bound.join();
    }

    @Override
    protected JChannel startStack(String cluster) throws Exception {
        JChannel started = super.startStack(cluster);
        bound.complete(String.valueOf(down(new Event(Event.GET_PHYSICAL_ADDRESS, getAddress()))));
        return started;
    }
}
