package io.librarysync.engine.jgroups;

import io.librarysync.engine.TransportException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.auth.AuthToken;
import org.jgroups.protocols.AUTH;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.NAKACK4;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST4;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.Protocol;

/** The protocols of the channel, lowest first. */
final class Stack {

    private static final Duration VERIFY_TIMEOUT = Duration.ofSeconds(1);
    private static final int FRAGMENT_BYTES = 60_000;

    /** More than any bundle of fragments has; who announces more is no device and gets no memory for it. */
    static final int LONGEST_FRAME_BYTES = 1 << 20;

    /** What waits for a slow peer at most: 128 bundles of up to 64 KB. What does not fit is asked for again. */
    private static final int MOST_WAITING_BUNDLES = 128;

    private Stack() {}

    static List<Protocol> of(LibraryTcp tcp, List<InetSocketAddress> peers, AuthToken token, Timing timing) {
        return List.of(
                tcp,
                discovery(peers),
                new MERGE3()
                        .setMinInterval(timing.shortestMerge().toMillis())
                        .setMaxInterval(timing.longestMerge().toMillis()),
                new FD_ALL3()
                        .setInterval(timing.alive().toMillis())
                        .setTimeout(timing.dead().toMillis()),
                new VERIFY_SUSPECT2().setTimeout(VERIFY_TIMEOUT.toMillis()),
                new NAKACK4(),
                new UNICAST4(),
                new AUTH().setAuthToken(token),
                new GMS().printLocalAddress(false).setJoinTimeout(timing.join().toMillis()),
                new UFC(),
                new MFC(),
                new FRAG4().setFragSize(FRAGMENT_BYTES));
    }

    /** A peer whose connection breaks is suspected at once, not only when it has been silent for long. */
    static LibraryTcp tcp(InetSocketAddress listen, Consumer<Address> onStranger) {
        LibraryTcp tcp = new LibraryTcp(onStranger);
        tcp.setBindAddress(listen.getAddress());
        tcp.setBindPort(port(listen));
        tcp.setPortRange(0);
        tcp.setMaxLength(LONGEST_FRAME_BYTES);
        tcp.setMaxSendBuffers(MOST_WAITING_BUNDLES);
        tcp.enableSuspectEvents(true);
        tcp.disableDiagnostics();
        return tcp;
    }

    /** A free port where none is named: with a static list of hosts JGroups wants to know it before it binds. */
    private static int port(InetSocketAddress listen) {
        if (listen.getPort() != 0) {
            return listen.getPort();
        }
        try (ServerSocket probe = new ServerSocket(0, 1, listen.getAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new TransportException("listen: no port is free at " + listen.getHostString(), e);
        }
    }

    /**
     * Whoever is asked tells every address it knows: after a merge two members may share no listed peer but a third member,
     * and would else be in one view without a way to each other.
     */
    private static TCPPING discovery(List<InetSocketAddress> peers) {
        TCPPING discovery = new TCPPING();
        discovery.returnEntireCache(true);
        discovery.setInitialHosts(peers);
        discovery.setPortRange(0);
        return discovery;
    }
}
