package io.librarysync.engine.jgroups;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.LibraryId;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a {@link JGroupsTransport} runs with.
 *
 * @param name of the device, for people
 * @param run a new one for each start of the device
 * @param listen where peers reach it; port 0 picks a free one
 * @param peers where other members may listen; a member that lists us is found as well
 * @param nonces random uuids
 */
public record JGroupsSettings(
        LibraryId library,
        DeviceId device,
        String name,
        UUID run,
        SharedSecret secret,
        InetSocketAddress listen,
        List<InetSocketAddress> peers,
        Supplier<UUID> nonces) {

    private static final int LONGEST_NAME = 1_000;

    public JGroupsSettings {
        peers = List.copyOf(peers);
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a device name has at most " + LONGEST_NAME + " characters");
        }
    }
}
