package io.librarysync.testing;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.RefusalReason;
import io.librarysync.engine.Scheduler.Cancellable;
import io.librarysync.engine.Transport;
import io.librarysync.engine.UnreachableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Devices in one process, connected by hand. Every delivery is a task of one {@link ManualScheduler}, so frames of one
 * sender arrive in the order sent and a scenario runs the same way each time. What is to go wrong is set for each ordered
 * pair; what did go wrong is counted exactly.
 */
public final class InProcessNetwork {

    private final ManualScheduler scheduler;
    private final Map<DeviceId, Endpoint> endpoints = new HashMap<>();
    private final Set<Link> links = new LinkedHashSet<>();
    private final Map<Link, Lane> lanes = new LinkedHashMap<>();

    /** From one device to another. */
    private record Link(DeviceId from, DeviceId to) {}

    public InProcessNetwork(ManualScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** The transport of one run of a device; connected to nobody at first. */
    public Endpoint join(DeviceId id, String name) {
        endpoints.keySet().forEach(other -> disconnect(other, id));
        Endpoint endpoint = new Endpoint(id, name);
        endpoints.put(id, endpoint);
        return endpoint;
    }

    /** Both sides see each other come up. */
    public void connect(DeviceId one, DeviceId other) {
        if (links.add(new Link(one, other)) && links.add(new Link(other, one))) {
            tell(one, listener -> listener.peerUp(other, endpoint(other).name));
            tell(other, listener -> listener.peerUp(one, endpoint(one).name));
        }
    }

    public boolean areConnected(DeviceId one, DeviceId other) {
        return links.contains(new Link(one, other));
    }

    /** Both sides see each other go; requests that wait for an answer fail, what is on the way still arrives. */
    public void disconnect(DeviceId one, DeviceId other) {
        if (links.remove(new Link(one, other)) && links.remove(new Link(other, one))) {
            endpoint(one).failPending(other);
            endpoint(other).failPending(one);
            tell(one, listener -> listener.peerDown(other, "disconnected"));
            tell(other, listener -> listener.peerDown(one, "disconnected"));
        }
    }

    /** The same, but what is on the way is lost. */
    public void tear(DeviceId one, DeviceId other) {
        lane(new Link(one, other)).cut();
        lane(new Link(other, one)).cut();
        disconnect(one, other);
    }

    /** Parts them without telling either. */
    public void disconnectSilently(DeviceId one, DeviceId other) {
        links.remove(new Link(one, other));
        links.remove(new Link(other, one));
    }

    /** The process of a device is gone: it does nothing any more, and its peers see that at once. */
    public void kill(DeviceId id) {
        freeze(id);
        endpoints.keySet().forEach(other -> disconnect(other, id));
    }

    /** The machine of a device is gone: what is sent to it vanishes, and nobody is told. */
    public void freeze(DeviceId id) {
        endpoint(id).listener = null;
        endpoint(id).abandonPending();
    }

    /** Sets what goes wrong from one device to another from now on; {@code seed} decides what it hits. */
    public void disturb(DeviceId from, DeviceId to, Faults faults, long seed) {
        lane(new Link(from, to)).disturb(faults, seed);
    }

    /** Nothing goes wrong any more. */
    public void heal() {
        lanes.values().forEach(lane -> lane.disturb(Faults.NONE, 0));
    }

    /** Delivers a one-way payload that {@code from} never sent. */
    public void inject(DeviceId from, DeviceId to, byte[] payload) {
        tell(to, listener -> listener.received(from, payload));
    }

    /** One device refuses the handshake of another one. */
    public void refuse(DeviceId at, DeviceId other, RefusalReason reason) {
        tell(
                at,
                listener ->
                        listener.peerRefused(reason, other, new Fault(reason.label(), "the handshake was refused")));
    }

    /** Payloads that one device handed over for another and that never reached it in time. */
    public Traffic lost(DeviceId from, DeviceId to) {
        return lane(new Link(from, to)).lost();
    }

    /** Pages among them. */
    public Traffic lostPages(DeviceId from, DeviceId to) {
        return lane(new Link(from, to)).lostPages();
    }

    /** Payloads of one device that reached another once more than they were sent. */
    public Traffic duplicated(DeviceId from, DeviceId to) {
        return lane(new Link(from, to)).duplicated();
    }

    /** Whether nothing is on its way. */
    public boolean isEmpty() {
        return lanes.values().stream().allMatch(lane -> lane.onTheWay() == 0);
    }

    private Lane lane(Link link) {
        return lanes.computeIfAbsent(link, each -> new Lane(scheduler));
    }

    private Endpoint endpoint(DeviceId id) {
        Endpoint endpoint = endpoints.get(id);
        if (endpoint == null) {
            throw new IllegalArgumentException("no device " + id);
        }
        return endpoint;
    }

    private void tell(DeviceId id, Consumer<Transport.Listener> news) {
        Endpoint endpoint = endpoint(id);
        scheduler.execute(() -> endpoint.tell(news));
    }

    /** One run of a device on this network, with its own account of what passed. */
    public final class Endpoint implements Transport {
        private final DeviceId id;
        private final String name;
        private final Set<Pending> pending = new LinkedHashSet<>();
        private final Map<DeviceId, Passed> passed = new HashMap<>();
        private @Nullable Listener listener;

        Endpoint(DeviceId id, String name) {
            this.id = id;
            this.name = name;
        }

        /** What passed between this run and a peer. */
        public Passed passed(DeviceId peer) {
            return passed.computeIfAbsent(peer, other -> new Passed());
        }

        @Override
        public void start(Listener toTell) {
            listener = toTell;
            List.copyOf(links).stream()
                    .filter(link -> link.from().equals(id))
                    .forEach(link ->
                            InProcessNetwork.this.tell(id, each -> each.peerUp(link.to(), endpoint(link.to()).name)));
        }

        @Override
        public void send(DeviceId peer, byte[] payload) throws UnreachableException {
            Endpoint other = reach(peer);
            Payload seen = Payload.of(payload);
            passed(peer).sent(seen);
            lane(new Link(id, peer))
                    .carry(seen, () -> other.take(id, seen, listener -> listener.received(id, payload)));
        }

        @Override
        public CompletableFuture<byte[]> request(DeviceId peer, byte[] payload, Duration timeout)
                throws UnreachableException {
            Endpoint other = reach(peer);
            Payload seen = Payload.of(payload);
            Pending waiting = new Pending(peer, seen, timeout);
            pending.add(waiting);
            passed(peer).sent(seen);
            lane(new Link(id, peer))
                    .carry(
                            seen,
                            () -> other.take(
                                    id,
                                    seen,
                                    listener -> listener.requested(
                                            id, payload, answer -> other.reply(seen, answer, waiting))));
            return waiting.answer;
        }

        @Override
        public void close() {
            listener = null;
            endpoints.keySet().forEach(other -> disconnect(id, other));
        }

        private Endpoint reach(DeviceId peer) throws UnreachableException {
            Link link = new Link(id, peer);
            if (!links.contains(link) || !lane(link).isReachable()) {
                throw new UnreachableException(peer + " is not up");
            }
            return endpoint(peer);
        }

        private void tell(Consumer<Listener> news) {
            Listener there = listener;
            if (there != null) {
                news.accept(there);
            }
        }

        private boolean take(DeviceId from, Payload payload, Consumer<Listener> delivery) {
            boolean there = listener != null;
            if (there) {
                passed(from).received(payload);
                tell(delivery);
            }
            return there;
        }

        private void reply(Payload request, byte[] answer, Pending waiting) {
            Payload seen = Payload.of(answer);
            DeviceId peer = waiting.asker();
            passed(peer).sent(seen);
            if (request.isBatch() && seen.tookChanges()) {
                passed(peer).took(request);
            }
            lane(new Link(id, peer)).carryAnswer(seen, () -> waiting.answered(answer, seen));
        }

        private void failPending(DeviceId peer) {
            Set.copyOf(pending).stream()
                    .filter(waiting -> waiting.peer.equals(peer))
                    .forEach(waiting -> waiting.failed(new UnreachableException(peer + " went away")));
        }

        private void abandonPending() {
            Set.copyOf(pending).forEach(Pending::end);
        }

        /** A request until its answer, or its end without one. */
        private final class Pending {
            private final DeviceId peer;
            private final Payload request;
            private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
            private final Cancellable timer;

            Pending(DeviceId peer, Payload request, Duration timeout) {
                this.peer = peer;
                this.request = request;
                this.timer = scheduler.after(timeout, () -> failed(new TimeoutException("no answer in " + timeout)));
            }

            DeviceId asker() {
                return id;
            }

            boolean answered(byte[] payload, Payload seen) {
                boolean inTime = pending.contains(this);
                if (inTime) {
                    end();
                    passed(peer).answered(request, seen);
                    answer.complete(payload);
                }
                return inTime;
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

    /** What passed between one run of a device and a peer, as the network saw it. */
    public static final class Passed {
        private Traffic sent = Traffic.NONE;
        private Traffic received = Traffic.NONE;
        private Traffic taken = Traffic.NONE;
        private Traffic pages = Traffic.NONE;
        private Traffic served = Traffic.NONE;
        private Traffic acknowledged = Traffic.NONE;

        /** Handed over for the peer. */
        public Traffic sent() {
            return sent;
        }

        /** Reached this run from the peer. */
        public Traffic received() {
            return received;
        }

        /** Batches of the peer whose changes this run looked at, each time they came. */
        public Traffic taken() {
            return taken;
        }

        /** Pages of the peer that reached this run in time. */
        public Traffic pages() {
            return pages;
        }

        /** Pages that this run gave the peer. */
        public Traffic served() {
            return served;
        }

        /** Batches of this run for which a receipt came back. */
        public Traffic acknowledged() {
            return acknowledged;
        }

        private void sent(Payload payload) {
            sent = sent.plus(payload);
            if (payload.isPage()) {
                served = served.plus(payload);
            }
        }

        private void received(Payload payload) {
            received = received.plus(payload);
        }

        private void took(Payload batch) {
            taken = taken.plus(batch);
        }

        private void answered(Payload request, Payload answer) {
            received(answer);
            if (answer.isPage()) {
                pages = pages.plus(answer);
            }
            if (request.isBatch() && answer.isReceipt()) {
                acknowledged = acknowledged.plus(request);
            }
        }
    }
}
