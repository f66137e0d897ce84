package io.librarysync.engine.jgroups;

import io.librarysync.domain.DeviceId;
import io.librarysync.engine.UnreachableException;
import io.librarysync.engine.jgroups.Frame.Hello;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/**
 * One other address in the view: how far its handshake is, and the lane on which everything for it leaves in order, so that
 * a peer that takes nothing holds up nobody else. {@link Links} guards what is not final.
 */
final class Link {

    private static final long IDLE_LANE_SECONDS = 30;

    /** How far the handshake is. */
    enum Stage {
        /** Not both sides have proved themselves. */
        GREETING,
        /** Its device is up at another address, which may be dead and not known to be. */
        CONTESTED,
        UP,
        /** Ignored for as long as the address stays. */
        REFUSED
    }

    private final Address address;
    private final UUID nonce;
    private final ThreadPoolExecutor lane;
    private final Map<Long, CompletableFuture<byte[]>> pending = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private Stage stage = Stage.GREETING;
    private @Nullable Hello hello;
    private boolean proved;

    Link(Address address, UUID nonce) {
        this.address = address;
        this.nonce = nonce;
        this.lane = new ThreadPoolExecutor(
                1,
                1,
                IDLE_LANE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, "sync-send-" + address));
        lane.allowCoreThreadTimeOut(true);
    }

    Address address() {
        return address;
    }

    /** What the other side has to make its proof with. */
    UUID nonce() {
        return nonce;
    }

    Stage stage() {
        return stage;
    }

    boolean is(Stage other) {
        return stage == other;
    }

    void to(Stage next) {
        stage = next;
    }

    @Nullable
    Hello hello() {
        return hello;
    }

    /** The device it says it is. */
    @Nullable
    DeviceId device() {
        return hello == null ? null : hello.device();
    }

    boolean isProved() {
        return proved;
    }

    void proved() {
        proved = true;
    }

    /** Begins the handshake with what the other side says now. */
    void greeted(Hello now) {
        hello = now;
        proved = false;
        stage = Stage.GREETING;
    }

    /** Whether the other side began anew, as it does after it lost us from its view. */
    boolean isAnew(Hello now) {
        return hello != null && !hello.nonce().equals(now.nonce());
    }

    /** Runs {@code task} after all that were given before; returns whether it will. */
    boolean dispatch(Runnable task) {
        try {
            lane.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** A request that fails with the link. */
    CompletableFuture<byte[]> expectAnswer() {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        long request = requests.incrementAndGet();
        pending.put(request, answer);
        var unused = answer.whenComplete((bytes, failure) -> pending.remove(request));
        return answer;
    }

    void failPending(String reason) {
        pending.values().forEach(answer -> answer.completeExceptionally(new UnreachableException(reason)));
    }

    void close() {
        lane.shutdownNow();
    }
}
