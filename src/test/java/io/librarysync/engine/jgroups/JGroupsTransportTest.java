package io.librarysync.engine.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.LibraryId;
import io.librarysync.domain.RefusalReason;
import io.librarysync.engine.Transport;
import io.librarysync.engine.TransportException;
import io.librarysync.testing.RecordingListener;
import io.librarysync.testing.TransportContract;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jgroups.Version;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.Util;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real sockets on this machine. */
class JGroupsTransportTest extends TransportContract {

    private static final LibraryId LIBRARY = new LibraryId(new UUID(5, 5));
    private static final SharedSecret SECRET = secret("swordfish");
    private static final Timing QUICK = timing(Duration.ofMillis(500), Duration.ofMillis(1_500));
    private static final Timing SLOW_TO_MERGE = timing(Duration.ofSeconds(3), Duration.ofSeconds(4));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    private final List<JGroupsTransport> made = new ArrayList<>();
    private final Map<DeviceId, JGroupsTransport> byDevice = new HashMap<>();
    private final InetSocketAddress annasAddress = freeAddress();
    private Timing timing = QUICK;

    @AfterEach
    void closeAll() {
        made.forEach(Transport::close);
    }

    @Override
    protected Transport make(DeviceId device, String name) {
        InetSocketAddress listen = device.equals(ANNA) ? annasAddress : freeAddress();
        JGroupsTransport transport = make(device, name, LIBRARY, SECRET, listen);
        byDevice.put(device, transport);
        return transport;
    }

    @Override
    protected void until(BooleanSupplier done) {
        await().atMost(PATIENCE).pollInterval(POLL).until(done::getAsBoolean);
    }

    @Override
    protected void kill(DeviceId device) {
        try {
            Util.shutdown(transportOf(device).channel());
        } catch (Exception e) {
            throw new AssertionError("it could not be ended", e);
        }
    }

    @Test
    void aDeviceThatCrashedIsFoundAgain() {
        kill(BERT);
        RecordingListener again = new RecordingListener();
        make(BERT, "Bert").start(again);

        until(() -> again.isUp() && anna.edges().size() == 3);
        assertThat(anna.edges()).containsExactly("up Bert", "down", "up Bert");
        assertThat(anna.refusals()).isEmpty();
    }

    @Test
    void aDeviceThatListsNobodyIsFoundByThoseThatListIt() {
        kill(ANNA);
        until(() -> !bert.isUp());
        RecordingListener again = new RecordingListener();
        make(ANNA, "Anna").start(again);

        until(() -> again.isUp() && bert.isUp());
        assertThat(again.edges()).containsExactly("up Bert");
    }

    @Test
    void aDeviceThatWasAloneAtFirstMeetsEveryone() {
        annas.close();
        berts.close();
        timing = SLOW_TO_MERGE;
        RecordingListener carl = new RecordingListener();
        RecordingListener annaAgain = new RecordingListener();
        RecordingListener bertAgain = new RecordingListener();
        JGroupsTransport carls = make(new DeviceId(new UUID(7, 7)), "Carl", LIBRARY, SECRET, freeAddress());
        carls.start(carl);
        until(() -> carls.channel().isConnected());
        make(ANNA, "Anna").start(annaAgain);
        make(BERT, "Bert").start(bertAgain);

        until(() -> Stream.of(carl, annaAgain, bertAgain)
                .allMatch(each -> each.edges().size() == 2));
        assertThat(carl.edges()).containsExactlyInAnyOrder("up Anna", "up Bert");
        assertThat(bertAgain.edges()).containsExactlyInAnyOrder("up Anna", "up Carl");
    }

    @Test
    void whoAnnouncesMoreThanAFrameEverHasIsCutOff() throws Exception {
        try (Socket stranger = new Socket(annasAddress.getAddress(), annasAddress.getPort())) {
            DataOutputStream out = new DataOutputStream(stranger.getOutputStream());
            out.write(greetingOf(new IpAddress(stranger.getLocalAddress(), stranger.getLocalPort())));
            out.writeInt(Stack.LONGEST_FRAME_BYTES + 1);
            out.flush();
            stranger.setSoTimeout((int) PATIENCE.toMillis());

            assertThat(stranger.getInputStream().readAllBytes().length).isLessThanOrEqualTo(Integer.BYTES);
        }
        assertThat(anna.edges()).containsExactly("up Bert");
    }

    /** How JGroups begins a connection: a cookie, its version, where the other one listens. */
    private static byte[] greetingOf(IpAddress address) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("bela");
        out.writeShort(Version.version);
        out.writeShort(address.serializedSize());
        address.writeTo(out);
        return bytes.toByteArray();
    }

    @Test
    void aDeviceWithAnotherSecretIsRefusedByBothSides() {
        RecordingListener eve = new RecordingListener();
        make(new DeviceId(new UUID(9, 9)), "Eve", LIBRARY, secret("sturgeon"), freeAddress())
                .start(eve);

        until(() -> !eve.refusals().isEmpty() && !membersRefusals().isEmpty());
        assertThat(eve.refusals()).containsExactly(RefusalReason.WRONG_SECRET);
        assertThat(membersRefusals()).containsExactly(RefusalReason.WRONG_SECRET);
        assertThat(eve.edges()).isEmpty();
        assertThat(anna.edges()).containsExactly("up Bert");
    }

    @Test
    void aDeviceThatHasOurIdIsRefused() {
        RecordingListener twin = new RecordingListener();
        make(ANNA, "Anna's twin", LIBRARY, SECRET, freeAddress()).start(twin);

        until(() -> twin.refusals().contains(RefusalReason.OWN_ID)
                && anna.refusals().contains(RefusalReason.OWN_ID)
                && bert.refusals().contains(RefusalReason.DUPLICATE_DEVICE));
        assertThat(bert.edges()).containsExactly("up Anna");
        assertThat(twin.edges()).isEmpty();
    }

    @Test
    void aDeviceOfAnotherLibraryIsKeptOutAndCountedOnce() {
        RecordingListener other = new RecordingListener();
        RecordingListener late = new RecordingListener();
        make(new DeviceId(new UUID(8, 8)), "Other", new LibraryId(new UUID(6, 6)), SECRET, freeAddress())
                .start(other);
        make(new DeviceId(new UUID(7, 7)), "Late", LIBRARY, SECRET, freeAddress())
                .start(late);

        until(() -> late.edges().size() == 2 && !anna.refusals().isEmpty());
        assertThat(other.edges()).isEmpty();
        assertThat(anna.refusals()).containsExactly(RefusalReason.WRONG_LIBRARY);
        assertThat(anna.edges()).containsExactly("up Bert", "up Late");
    }

    @Test
    void aPortInUseIsSaidAtOnce() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress listen = (InetSocketAddress) taken.getLocalSocketAddress();
            JGroupsTransport transport = make(BERT, "Bert", LIBRARY, SECRET, listen);

            assertThatThrownBy(() -> transport.start(new RecordingListener()))
                    .isInstanceOf(TransportException.class)
                    .hasMessage("listen: cannot listen at %s:%d: the port is in use or not ours; choose another one"
                            .formatted(listen.getHostString(), listen.getPort()));
        }
    }

    @Test
    void listeningBeyondThisMachineNeedsASecret() {
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 7800);

        assertThatThrownBy(() -> make(BERT, "Bert", LIBRARY, SharedSecret.none(), everywhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "listen: 0.0.0.0:7800 can be reached from other machines, which needs a secret; add --secret-file FILE"
                                + " (setting secret_file)");
    }

    @Test
    void theAddressIsWhereItListens() {
        assertThat(transportOf(ANNA).address())
                .isEqualTo(annasAddress.getAddress().getHostAddress() + ':' + annasAddress.getPort());
    }

    @Test
    void closingLeavesNoThread() {
        Set<Thread> ours = threadsOfSync();
        assertThat(ours).isNotEmpty();

        annas.close();
        berts.close();

        until(() -> threadsOfSync().isEmpty());
    }

    /** Whichever of the two leads the channel is the one that refuses. */
    private List<RefusalReason> membersRefusals() {
        return Stream.of(anna, bert)
                .flatMap(member -> member.refusals().stream())
                .toList();
    }

    private JGroupsTransport transportOf(DeviceId device) {
        return Objects.requireNonNull(byDevice.get(device));
    }

    private static Timing timing(Duration shortestMerge, Duration longestMerge) {
        return new Timing(
                Duration.ofMillis(500),
                shortestMerge,
                longestMerge,
                Duration.ofMillis(300),
                Duration.ofSeconds(2),
                Duration.ofSeconds(8));
    }

    private static Set<Thread> threadsOfSync() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sync-")
                        || thread.getName().contains("jgroups")
                        || thread.getName().contains(LIBRARY.toString()))
                .collect(Collectors.toSet());
    }

    private JGroupsTransport make(
            DeviceId device, String name, LibraryId library, SharedSecret secret, InetSocketAddress listen) {
        List<InetSocketAddress> peers = listen.equals(annasAddress) ? List.of() : List.of(annasAddress);
        JGroupsTransport transport = new JGroupsTransport(
                new JGroupsSettings(library, device, name, UUID.randomUUID(), secret, listen, peers, UUID::randomUUID),
                timing);
        made.add(transport);
        return transport;
    }

    private static SharedSecret secret(String text) {
        return SharedSecret.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InetSocketAddress freeAddress() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
