package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is worth pulling from a peer. Each origin is asked itself while it is online, so that nobody overtakes it. */
final class Pulls {

    private Pulls() {}

    static boolean isAhead(Device device, Peer peer) {
        Heads heads = peer.heads;
        return heads != null && heads.scopes().stream().anyMatch(scope -> isAhead(device, peer, heads, scope));
    }

    /** The scopes of which a change that {@code peer} sent is held because what came before it is missing. */
    static Set<Scope> gaps(Device device, Peer peer) {
        return device.held().scopesInTurn().stream()
                .filter(scope -> isGap(device, peer, scope))
                .collect(Collectors.toSet());
    }

    private static boolean isGap(Device device, Peer peer, Scope scope) {
        long reached = device.progress().value(scope);
        return device.held().inTurn(scope).stream()
                .map(HeldChanges.Held::change)
                .findFirst()
                .filter(first -> first.link().equals(peer.id) && first.after() > reached)
                .isPresent();
    }

    /** The shared log first, then each model in dependency order, of every origin the peer is to be asked for. */
    static List<Pull> plan(Device device, PullSession session) {
        Peer peer = session.peer();
        Heads heads = peer.heads == null ? Heads.NONE : peer.heads;
        List<Pull> plan = new ArrayList<>();
        boolean shared =
                heads.shared().keySet().stream().anyMatch(author -> isAhead(device, peer, heads, Scope.shared(author)));
        if (shared) {
            plan.add(new SharedPull(device, session));
        }
        Set<DeviceId> owners = new TreeSet<>(heads.state().keySet());
        for (ModelType model : LibraryModels.types()) {
            for (DeviceId owner : owners) {
                if (!model.isShared() && isAhead(device, peer, heads, Scope.state(owner, model))) {
                    plan.add(new StatePull(device, session, Scope.state(owner, model), model));
                }
            }
        }
        return plan;
    }

    private static boolean isAhead(Device device, Peer peer, Heads heads, Scope scope) {
        DeviceId origin = scope.origin();
        boolean itsPart = origin.equals(peer.id)
                || (!origin.equals(device.self()) && !device.peers().isOnline(origin));
        return itsPart && heads.value(scope) > device.progress().value(scope);
    }
}
