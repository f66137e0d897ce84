package io.librarysync.testing;

import io.librarysync.domain.DeviceId;
import io.librarysync.engine.Scheduler.Cancellable;
import io.librarysync.engine.Transport;
import io.librarysync.engine.UnreachableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Devices in one process, connected by hand. Every delivery is a task of one {@link ManualScheduler}, so frames of one
 * sender arrive in the order sent and a scenario runs the same way each time.
 */
public final class InProcessNetwork {

    private final ManualScheduler scheduler;
    private final Map<DeviceId, Node> nodes = new HashMap<>();
    private final Set<Link> links = new LinkedHashSet<>();
    private final Map<Link, Traffic> ledger = new HashMap<>();
    private final Map<Link, Traffic> lost = new HashMap<>();

    /** From one device to another. */
    public record Link(DeviceId from, DeviceId to) {
        Link back() {
            return new Link(to, from);
        }
    }

    /** Payloads handed over on one link. */
    public record Traffic(long frames, long bytes) {
        static final Traffic NONE = new Traffic(0, 0);

        Traffic plus(int size) {
            return new Traffic(frames + 1, bytes + size);
        }
    }

    public InProcessNetwork(ManualScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** The transport of one device; connected to nobody at first. */
    public Transport join(DeviceId id, String name) {
        Node node = new Node(id, name);
        nodes.put(id, node);
        return node;
    }

    /** Both sides see each other come up. */
    public void connect(DeviceId one, DeviceId other) {
        if (links.add(new Link(one, other)) && links.add(new Link(other, one))) {
            tell(one, listener -> listener.peerUp(other, node(other).name));
            tell(other, listener -> listener.peerUp(one, node(one).name));
        }
    }

    /** Both sides see each other go; requests that wait for an answer fail. */
    public void disconnect(DeviceId one, DeviceId other) {
        if (links.remove(new Link(one, other)) && links.remove(new Link(other, one))) {
            node(one).failPending(other);
            node(other).failPending(one);
            tell(one, listener -> listener.peerDown(other, "disconnected"));
            tell(other, listener -> listener.peerDown(one, "disconnected"));
        }
    }

    /** Parts them without telling either. */
    public void disconnectSilently(DeviceId one, DeviceId other) {
        links.remove(new Link(one, other));
        links.remove(new Link(other, one));
    }

    /** Delivers a one-way payload that {@code from} never sent. */
    public void inject(DeviceId from, DeviceId to, byte[] payload) {
        tell(to, listener -> listener.received(from, payload));
    }

    /** What was handed over from one device to another so far, answers included. */
    public Traffic traffic(DeviceId from, DeviceId to) {
        return ledger.getOrDefault(new Link(from, to), Traffic.NONE);
    }

    /** Answers among them that came too late, because the two were parted or the time was over. */
    public Traffic lost(DeviceId from, DeviceId to) {
        return lost.getOrDefault(new Link(from, to), Traffic.NONE);
    }

    private static void note(Map<Link, Traffic> book, Link link, byte[] payload) {
        book.merge(link, Traffic.NONE.plus(payload.length), (known, one) -> known.plus(payload.length));
    }

    private Node node(DeviceId id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("no device " + id);
        }
        return node;
    }

    private void tell(DeviceId id, Consumer<Transport.Listener> news) {
        scheduler.execute(() -> {
            Transport.Listener listener = node(id).listener;
            if (listener != null) {
                news.accept(listener);
            }
        });
    }

    private void pass(Link link, byte[] payload, Consumer<Transport.Listener> delivery) {
        note(ledger, link, payload);
        tell(link.to(), delivery);
    }

    /** One device on this network. */
    private final class Node implements Transport {
        private final DeviceId id;
        private final String name;
        private final Set<Pending> pending = new LinkedHashSet<>();
        private @Nullable Listener listener;

        Node(DeviceId id, String name) {
            this.id = id;
            this.name = name;
        }

        @Override
        public void start(Listener toTell) {
            listener = toTell;
            links.stream()
                    .filter(link -> link.from().equals(id))
                    .forEach(link -> tell(id, each -> each.peerUp(link.to(), node(link.to()).name)));
        }

        @Override
        public void send(DeviceId peer, byte[] payload) throws UnreachableException {
            Link link = linkTo(peer);
            pass(link, payload, to -> to.received(id, payload));
        }

        @Override
        public CompletableFuture<byte[]> request(DeviceId peer, byte[] payload, Duration timeout)
                throws UnreachableException {
            Link link = linkTo(peer);
            Pending waiting = new Pending(peer, timeout);
            pending.add(waiting);
            pass(
                    link,
                    payload,
                    to -> to.requested(id, payload, answer -> {
                        note(ledger, link.back(), answer);
                        scheduler.execute(() -> waiting.answered(answer));
                    }));
            return waiting.answer;
        }

        @Override
        public void close() {
            listener = null;
            nodes.keySet().forEach(other -> disconnect(id, other));
        }

        private Link linkTo(DeviceId peer) throws UnreachableException {
            Link link = new Link(id, peer);
            if (!links.contains(link)) {
                throw new UnreachableException(peer + " is not up");
            }
            return link;
        }

        private void failPending(DeviceId peer) {
            Set.copyOf(pending).stream()
                    .filter(waiting -> waiting.peer.equals(peer))
                    .forEach(waiting -> waiting.failed(new UnreachableException(peer + " went away")));
        }

        /** A request until its answer, or its end without one. */
        private final class Pending {
            private final DeviceId peer;
            private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
            private final Cancellable timer;

            Pending(DeviceId peer, Duration timeout) {
                this.peer = peer;
                this.timer = scheduler.after(timeout, () -> failed(new TimeoutException("no answer in " + timeout)));
            }

            void answered(byte[] payload) {
                if (pending.contains(this)) {
                    end();
                    answer.complete(payload);
                } else {
                    note(lost, new Link(peer, id), payload);
                }
            }

            void failed(Exception why) {
                end();
                answer.completeExceptionally(why);
            }

            private void end() {
                timer.cancel();
                pending.remove(this);
            }
        }
    }
}
