package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Reach;
import io.librarysync.domain.RecordStanding;
import io.librarysync.domain.RecordStanding.Held;
import io.librarysync.domain.RecordStanding.Version;
import io.librarysync.domain.RecordWhereabouts;
import io.librarysync.domain.RecordWhereabouts.Holder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a record stands: here, and on every peer that can be asked, all at once and with a limit of time. The
 * library is read beside the loop; asking changes no number but those of frames, bytes and statements.
 */
final class RecordInquiry {

    private static final int MOST_HELD = 10;

    private final Device device;
    private final PeerRound peers;
    private final Transits transits;
    private final PeerProgress progress;

    /** What is asked: a record, or, as long as it is not known which, words for it and whose file they mean. */
    private record Question(String of, @Nullable UUID uuid, @Nullable DeviceId owner) {
        Question about(UUID found) {
            return new Question(of, found, owner);
        }
    }

    /** What a peer answered; the standing is null if it gave none. */
    private record Told(Peer peer, Reach reach, @Nullable RecordStanding standing) {
        static Told of(PeerRound.Told<Message.RecordResponse> told) {
            Message.RecordResponse answer = told.answer();
            return new Told(told.peer(), told.reach(), answer == null ? null : answer.standing());
        }
    }

    /** What a round brought; the standing is null if no record is known yet. */
    private record Found(List<Told> told, @Nullable RecordStanding own) {}

    RecordInquiry(Device device, PeerRound peers, Transits transits, PeerProgress progress) {
        this.device = device;
        this.peers = peers;
        this.transits = transits;
        this.progress = progress;
    }

    /** Where a record stands that is named by its uuid, an absolute path or {@code tag:NAME}; from any thread. */
    CompletableFuture<RecordWhereabouts> ask(String of) {
        RecordFinder.check(of);
        return device.loop()
                .call(() -> reading(library -> questionOf(library, of)).thenComposeAsync(this::round, device.loop()))
                .whenComplete((found, failure) -> noteUnread(failure));
    }

    private void noteUnread(@Nullable Throwable failure) {
        if (failure instanceof StoreException store) {
            device.recorder().databaseFailed(null, null, store.fault());
        }
    }

    /** What this device knows of the record that a peer asks for; null if it knows none of that name. From any thread. */
    CompletableFuture<@Nullable RecordStanding> answer(Message.RecordRequest request) {
        UUID uuid = request.uuid();
        String of = request.of();
        return reading(library -> {
                    if (of != null) {
                        RecordFinder.check(of);
                    }
                    RecordFinder finder = new RecordFinder(library);
                    Optional<UUID> meant =
                            uuid != null || of == null ? Optional.ofNullable(uuid) : finder.find(of, request.owner());
                    return meant.map(finder::standing).orElse(null);
                })
                .thenApplyAsync(stored -> stored == null ? null : completed(stored), device.loop());
    }

    private static Question questionOf(LibraryReader library, String of) {
        RecordFinder finder = new RecordFinder(library);
        DeviceId owner = RecordFinder.isPath(of) ? finder.ownerOf(of).orElse(null) : null;
        return new Question(of, finder.find(of, owner).orElse(null), owner);
    }

    /** Asks everybody once; again if only a peer knows which record is meant. */
    private CompletableFuture<RecordWhereabouts> round(Question question) {
        CompletableFuture<List<Told>> told = peers.ask(peer -> messageOf(question), Message.RecordResponse.class)
                .thenApply(answers -> answers.stream().map(Told::of).toList());
        CompletableFuture<@Nullable RecordStanding> own = ownStanding(question);
        return told.thenCombine(own, Found::new)
                .thenComposeAsync(found -> concluded(question, found.own(), found.told()), device.loop());
    }

    private CompletableFuture<RecordWhereabouts> concluded(
            Question question, @Nullable RecordStanding own, List<Told> told) {
        Optional<UUID> found = told.stream()
                .flatMap(each -> Stream.ofNullable(each.standing()))
                .map(RecordStanding::uuid)
                .findFirst();
        return question.uuid() == null && found.isPresent()
                ? round(question.about(found.get()))
                : CompletableFuture.completedFuture(whereabouts(question, own, told));
    }

    private CompletableFuture<@Nullable RecordStanding> ownStanding(Question question) {
        UUID uuid = question.uuid();
        return uuid == null
                ? CompletableFuture.completedFuture(null)
                : reading(library -> new RecordFinder(library).standing(uuid))
                        .thenApplyAsync(this::completed, device.loop());
    }

    private static Message messageOf(Question question) {
        UUID uuid = question.uuid();
        return uuid != null
                ? new Message.RecordRequest(uuid, null, null)
                : new Message.RecordRequest(null, question.of(), question.owner());
    }

    private RecordWhereabouts whereabouts(Question question, @Nullable RecordStanding own, List<Told> told) {
        List<Holder> holders = new ArrayList<>();
        holders.add(new Holder(
                device.self(),
                device.parts().name(),
                Reach.ANSWERED,
                device.machine().state(),
                device.nowMillis(),
                null,
                own));
        told.stream()
                .map(each -> holder(each, question))
                .sorted(Comparator.comparing(Holder::name).thenComparing(Holder::device))
                .forEach(holders::add);
        RecordWhereabouts found = new RecordWhereabouts(question.of(), question.uuid(), device.nowMillis(), holders);
        return new RecordWhereabouts(
                found.of(),
                found.uuid(),
                found.atMillis(),
                holders.stream()
                        .map(holder -> holder.withSettled(settled(holder.device(), found)))
                        .toList());
    }

    /** Who answered that it knows no record of that name knows nothing of it. */
    private static Holder holder(Told told, Question question) {
        RecordStanding standing = told.standing();
        UUID uuid = question.uuid();
        boolean knowsNone = told.reach() == Reach.ANSWERED && standing == null && uuid != null;
        return new Holder(
                told.peer().id,
                told.peer().name,
                told.reach(),
                told.peer().state,
                told.peer().lastSeenMillis,
                null,
                knowsNone ? RecordStanding.unknown(Objects.requireNonNull(uuid)) : standing);
    }

    /** Whether a device told that it is past the newest version; null if it cannot be known. */
    private @Nullable Boolean settled(DeviceId who, RecordWhereabouts found) {
        Optional<Version> newest = found.newest();
        Optional<ModelType> model = found.model();
        if (newest.isEmpty() || model.isEmpty() || found.isGoneWithAnother()) {
            return null;
        }
        Version version = newest.get();
        if (version.origin().equals(who)) {
            return true;
        }
        Scope scope = scopeOf(model.get(), version);
        Peer peer = device.peers().find(who);
        long reached = peer == null ? device.progress().value(scope) : progress.value(who, scope);
        OptionalLong order = found.orderOf(version);
        if (order.isPresent()) {
            return reached >= order.getAsLong();
        }
        boolean isPast = reached >= prunedUpTo(scope) || isStampReached(peer, version);
        return isPast ? true : null;
    }

    /** A seq that the log no longer has is not above this. */
    private long prunedUpTo(Scope scope) {
        return device.store().read(LibraryReader::floors).stream()
                .filter(floor -> floor.scope().equals(scope))
                .mapToLong(Stored.Floor::value)
                .findFirst()
                .orElseGet(() -> Math.max(1, device.progress().value(scope)));
    }

    private boolean isStampReached(@Nullable Peer peer, Version version) {
        Heads heads = peer == null ? device.progress().heads() : peer.heads;
        Hlc reached = heads == null ? null : heads.stamp(version.origin());
        Hlc wanted = version.stamp();
        return reached != null && wanted != null && reached.compareTo(wanted) >= 0;
    }

    private static Scope scopeOf(ModelType model, Version version) {
        return model.isShared() ? Scope.shared(version.origin()) : Scope.state(version.origin(), model);
    }

    /** With what is only in memory; on the loop. */
    private RecordStanding completed(RecordStanding stored) {
        UUID uuid = stored.uuid();
        List<HeldChanges.Held> held = device.held().all().stream()
                .filter(each -> each.change().uuid().equals(uuid))
                .sorted(Comparator.comparingLong(HeldChanges.Held::receivedAt))
                .limit(MOST_HELD)
                .toList();
        ModelType model = stored.model() != null || held.isEmpty()
                ? stored.model()
                : held.get(0).change().model();
        Version version = stored.version();
        return new RecordStanding(
                uuid,
                model,
                stored.title(),
                stored.presence(),
                version,
                held.stream().map(RecordInquiry::held).toList(),
                device.rejections().find(uuid).orElse(null),
                transits.of(uuid, version, model == null || version == null ? null : scopeOf(model, version)));
    }

    private static Held held(HeldChanges.Held held) {
        Incoming change = held.change();
        UUID missing = held.missing();
        return new Held(
                held.why().label(),
                change.version(),
                change.link(),
                missing,
                missing == null ? null : needs(change, missing),
                held.receivedAt());
    }

    /** What the missing record is to the change: {@code tag}, {@code parent entry}. */
    private static String needs(Incoming change, UUID missing) {
        RecordData data = change.data();
        return LibraryModels.of(change.model()).foreignKeys().stream()
                .filter(key -> data != null
                        && data.reference(key).filter(missing::equals).isPresent())
                .map(key -> key.name().equals(key.target().name())
                        ? key.name()
                        : key.name() + " " + key.target().name())
                .findFirst()
                .orElse("record");
    }

    /** Reads the library beside the loop. */
    private <T extends @Nullable Object> CompletableFuture<T> reading(Function<LibraryReader, T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        device.parts().serving().execute(() -> {
            try {
                result.complete(device.store().read(work));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
