package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How far a device is for each origin it holds anything of, itself included. */
record Heads(Map<DeviceId, Map<String, StateHead>> state, Map<DeviceId, SharedHead> shared) {

    /** The last rev of one owner and model, and the owner's time of it. */
    record StateHead(long rev, long changedAt) {}

    /** The last seq of one author, and the highest stamp up to it. */
    record SharedHead(long seq, @Nullable Hlc hlc) {}

    static final Heads NONE = new Heads(Map.of(), Map.of());

    Heads {
        state = state.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Map.copyOf(entry.getValue())));
        shared = Map.copyOf(shared);
    }

    /** The rev or seq of a scope; 0 for one that is not held. */
    long value(Scope scope) {
        ModelType model = scope.model();
        if (model == null) {
            SharedHead head = shared.get(scope.origin());
            return head == null ? 0 : head.seq();
        }
        StateHead head = state.getOrDefault(scope.origin(), Map.of()).get(model.name());
        return head == null ? 0 : head.rev();
    }

    /** The time of a scope's newest change; 0 if none is known. */
    long millis(Scope scope) {
        ModelType model = scope.model();
        if (model == null) {
            SharedHead head = shared.get(scope.origin());
            Hlc hlc = head == null ? null : head.hlc();
            return hlc == null ? 0 : hlc.millis();
        }
        StateHead head = state.getOrDefault(scope.origin(), Map.of()).get(model.name());
        return head == null ? 0 : head.changedAt();
    }

    @Nullable
    Hlc stamp(DeviceId author) {
        SharedHead head = shared.get(author);
        return head == null ? null : head.hlc();
    }

    /** Every scope of a model known here, and of every author. */
    Set<Scope> scopes() {
        Stream<Scope> owned = state.entrySet().stream().flatMap(owner -> owner.getValue().keySet().stream()
                .flatMap(model -> LibraryModels.find(model).stream())
                .filter(model -> !model.type().isShared())
                .map(model -> Scope.state(owner.getKey(), model.type())));
        return Stream.concat(owned, shared.keySet().stream().map(Scope::shared)).collect(Collectors.toSet());
    }
}
