package io.librarysync.engine;

import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.engine.Progress.Mark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Cuts own changes into messages: shared ones first, by stamp; then each model in dependency order, by rev. */
final class Batches {

    private final Function<Message, Envelope> envelopes;
    private final int maxEntries;

    Batches(Function<Message, Envelope> envelopes, int maxEntries) {
        this.envelopes = envelopes;
        this.maxEntries = maxEntries;
    }

    List<Outgoing> cut(Collection<OwnChange> changes) {
        List<Outgoing> messages = new ArrayList<>();
        cutShared(of(OwnChange.Shared.class, changes), messages);
        for (ModelType model : LibraryModels.types()) {
            cutOwned(
                    of(OwnChange.Owned.class, changes).stream()
                            .filter(change -> change.model().equals(model))
                            .toList(),
                    messages);
        }
        return messages;
    }

    private void cutShared(List<OwnChange.Shared> changes, List<Outgoing> messages) {
        for (int from = 0; from < changes.size(); from += maxEntries) {
            List<OwnChange.Shared> part = changes.subList(from, Math.min(changes.size(), from + maxEntries));
            messages.add(message(
                    new Message.SharedChangeBatch(
                            part.stream().map(OwnChange.Shared::change).toList()),
                    part));
        }
    }

    private void cutOwned(List<OwnChange.Owned> changes, List<Outgoing> messages) {
        int from = 0;
        while (from < changes.size()) {
            int to = from + 1;
            while (to < changes.size() && to - from < maxEntries && follows(changes.get(to), changes.get(to - 1))) {
                to++;
            }
            messages.add(stateBatch(changes.subList(from, to)));
            from = to;
        }
    }

    private Outgoing stateBatch(List<OwnChange.Owned> part) {
        OwnChange.Owned first = part.get(0);
        OwnChange.Owned last = part.get(part.size() - 1);
        return message(
                new Message.StateBatch(
                        first.model(),
                        first.owner(),
                        first.previous(),
                        last.change().rev(),
                        part.stream().map(OwnChange.Owned::change).toList()),
                part);
    }

    private Outgoing message(Message message, List<? extends OwnChange> part) {
        Map<Scope, Mark> heads = new HashMap<>();
        part.forEach(change -> heads.merge(change.scope(), change.mark(), Mark::raisedTo));
        return new Outgoing(envelopes.apply(message), ModelTally.count(part, OwnChange::model), heads);
    }

    /** Whether nothing of the model was left out between the two. */
    private static boolean follows(OwnChange.Owned next, OwnChange.Owned before) {
        return next.previous() == before.change().rev();
    }

    private static <T extends OwnChange> List<T> of(Class<T> kind, Collection<OwnChange> changes) {
        return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
