package io.librarysync.engine.jgroups;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.RefusalReason;
import io.librarysync.engine.Transport;
import io.librarysync.engine.TransportException;
import io.librarysync.engine.UnreachableException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.blocks.RequestHandler;
import org.jgroups.blocks.Response;
import org.jgroups.stack.Protocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Devices connected over TCP. {@link #start} returns once the port is bound; joining goes on in the background and is tried
 * again until it succeeds, so a device works alone until then. A device is told to be up after a handshake by which both
 * sides prove that they hold the library's secret. The payloads themselves are not encrypted.
 */
public final class JGroupsTransport implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(JGroupsTransport.class);

    private static final Duration JOIN_AGAIN = Duration.ofSeconds(30);

    private final JGroupsSettings settings;
    private final Timing timing;
    private final ScheduledThreadPoolExecutor background;
    private @Nullable LibraryChannel channel;
    private @Nullable Wire wire;
    private @Nullable Links links;

    /**
     * @throws IllegalArgumentException if peers could reach it from beyond this machine and there is no secret, or if the
     *     address to listen at is unknown
     */
    public JGroupsTransport(JGroupsSettings settings) {
        this(settings, Timing.STANDARD);
    }

    JGroupsTransport(JGroupsSettings settings, Timing timing) {
        this.settings = settings;
        this.timing = timing;
        InetSocketAddress listen = settings.listen();
        if (listen.isUnresolved()) {
            throw new IllegalArgumentException("listen: no address is known for " + listen.getHostString());
        }
        if (!listen.getAddress().isLoopbackAddress() && !settings.secret().isPresent()) {
            throw new IllegalArgumentException(
                    "listen: " + listen.getHostString() + ':' + listen.getPort()
                            + " can be reached from other machines, which needs a secret; add --secret-file FILE (setting secret_file)");
        }
        background = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "sync-network"));
        background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Loads the protocols, which the first transport does else, by making a stack of them that is never connected. */
    public static void load() throws Exception {
        List<Protocol> protocols =
                Stack.of(new LibraryTcp(stranger -> {}), List.of(), new SecretToken(), Timing.STANDARD);
        new LibraryChannel(protocols).close();
    }

    /** @throws TransportException when the port cannot be bound */
    @Override
    public void start(Listener listener) {
        Links handshakes = new Links(settings, timing.contest(), new BackgroundOutlet(), listener);
        SecretToken token = new SecretToken(
                settings.secret().code(settings.library()),
                stranger -> handshakes.strangerRefused(
                        RefusalReason.WRONG_SECRET, stranger, stranger + " holds another secret"));
        LibraryTcp tcp = Stack.tcp(
                settings.listen(),
                stranger -> handshakes.strangerRefused(
                        RefusalReason.WRONG_LIBRARY,
                        stranger,
                        stranger + " asked in the name of another library: its library or secret is not ours"));
        LibraryChannel opened = open(tcp, token);
        links = handshakes;
        wire = new Wire(opened, new Incoming(handshakes), new Views(opened, handshakes));
        channel = opened;
        background.execute(() -> join(opened, handshakes));
        awaitBound(opened);
    }

    /** Where peers reach it, as host and port; only after {@link #start}. */
    public String address() {
        return started(channel).boundTo();
    }

    LibraryChannel channel() {
        return started(channel);
    }

    @Override
    public void send(DeviceId peer, byte[] payload) throws UnreachableException {
        Link link = started(links).upLink(peer);
        byte[] frame = Frame.framed(payload);
        if (!link.dispatch(() -> sendNow(link, frame))) {
            throw new UnreachableException(peer + " is not up");
        }
    }

    @Override
    public CompletableFuture<byte[]> request(DeviceId peer, byte[] payload, Duration timeout)
            throws UnreachableException {
        Link link = started(links).upLink(peer);
        CompletableFuture<byte[]> answer = link.expectAnswer();
        byte[] frame = Frame.framed(payload);
        if (!link.dispatch(() -> requestNow(link, frame, answer))) {
            throw new UnreachableException(peer + " is not up");
        }
        return answer.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        if (links != null) {
            links.close();
        }
        background.shutdownNow();
        if (wire != null) {
            wire.close();
        }
        if (channel != null) {
            channel.close();
        }
    }

    private LibraryChannel open(LibraryTcp tcp, SecretToken token) {
        try {
            return new LibraryChannel(Stack.of(tcp, resolved(settings.peers()), token, timing));
        } catch (Exception e) {
            throw new TransportException("the network cannot be set up: " + e.getMessage(), e);
        }
    }

    /** A peer whose name is unknown now cannot be looked for, but may still find us. */
    private static List<InetSocketAddress> resolved(List<InetSocketAddress> peers) {
        return peers.stream()
                .filter(peer -> {
                    if (peer.isUnresolved()) {
                        LOG.warn("peers: no address is known for {}; it is left out", peer.getHostString());
                    }
                    return !peer.isUnresolved();
                })
                .toList();
    }

    private void awaitBound(LibraryChannel opened) {
        try {
            opened.bound().join();
        } catch (CompletionException e) {
            close();
            String where =
                    settings.listen().getHostString() + ':' + settings.listen().getPort();
            throw new TransportException("listen: cannot listen at " + where + ": " + problemOf(e), e);
        }
    }

    private static String problemOf(CompletionException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof BindException
                ? "the port is in use or not ours; choose another one"
                : String.valueOf(cause);
    }

    private void join(LibraryChannel opened, Links handshakes) {
        try {
            opened.connect(settings.library().toString());
        } catch (SecurityException e) {
            handshakes.strangerRefused(
                    RefusalReason.WRONG_SECRET, null, "a member refused us: it holds another secret");
            joinAgain(opened, handshakes);
        } catch (Exception e) {
            if (!opened.bound().completeExceptionally(e) && !background.isShutdown()) {
                LOG.warn("joining failed: {}", String.valueOf(e));
                joinAgain(opened, handshakes);
            }
        }
    }

    private void joinAgain(LibraryChannel opened, Links handshakes) {
        later(JOIN_AGAIN, () -> join(opened, handshakes));
    }

    private void later(Duration delay, Runnable task) {
        try {
            var unused = background.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed before a task was due");
        }
    }

    private void sendNow(Link link, byte[] frame) {
        try {
            started(wire).send(link.address(), frame);
        } catch (Exception e) {
            LOG.debug("a frame for {} was not sent", link.address(), e);
        }
    }

    private void requestNow(Link link, byte[] frame, CompletableFuture<byte[]> answer) {
        if (answer.isDone()) {
            return;
        }
        try {
            var unused = started(wire).request(link.address(), frame).whenComplete((bytes, failure) -> {
                if (failure == null) {
                    answer.complete(bytes);
                } else {
                    answer.completeExceptionally(new UnreachableException(String.valueOf(failure.getMessage())));
                }
            });
        } catch (Exception e) {
            answer.completeExceptionally(new UnreachableException(String.valueOf(e.getMessage())));
        }
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not started");
        }
        return part;
    }

    private final class BackgroundOutlet implements Links.Outlet {
        @Override
        public void send(Link link, Frame frame) {
            byte[] bytes = frame.encode();
            link.dispatch(() -> sendNow(link, bytes));
        }

        @Override
        public void after(Duration delay, Runnable task) {
            later(delay, task);
        }
    }

    private record Views(LibraryChannel channel, Links links) implements Receiver {
        @Override
        public void viewAccepted(View view) {
            Address self = channel.getAddress();
            links.viewChanged(view.getMembers().stream()
                    .filter(member -> !member.equals(self))
                    .toList());
        }
    }

    /** What the channel delivers, one message of a sender after the other. */
    private record Incoming(Links links) implements RequestHandler {
        @Override
        public @Nullable Object handle(Message message) {
            handle(message, null);
            return null;
        }

        @Override
        public void handle(Message message, @Nullable Response response) {
            byte[] array = message.getArray();
            int offset = message.getOffset();
            int length = message.getLength();
            if (Frame.isPayload(array, offset, length)) {
                byte[] payload = Frame.payload(array, offset, length);
                links.deliver(message.getSrc(), deliveryOf(payload, response));
            } else {
                handshake(message.getSrc(), array, offset, length);
            }
        }

        private void handshake(Address from, byte[] array, int offset, int length) {
            try {
                links.frame(from, Frame.decode(array, offset, length));
            } catch (IOException e) {
                links.malformed(from, "it sent what is no frame");
            }
        }

        private static Links.Delivery deliveryOf(byte[] payload, @Nullable Response response) {
            if (response == null) {
                return (listener, link, peer) -> listener.received(peer, payload);
            }
            return (listener, link, peer) -> listener.requested(peer, payload, replyOn(link, response));
        }

        private static Consumer<byte[]> replyOn(Link link, Response response) {
            return answer -> link.dispatch(() -> response.send(answer, false));
        }
    }
}
