package io.librarysync.testing;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RejectReason;
import io.librarysync.engine.LibraryModels;
import io.librarysync.engine.LibraryReader;
import io.librarysync.engine.Stored;
import io.librarysync.metrics.DeviceVolume;
import io.librarysync.metrics.OperationMetricsMXBean;
import io.librarysync.metrics.SnapshotFilter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The laws between two devices that have nothing left to do (C1 to C9), seen from one to the other. Each side is held to what
 * the network saw of its present run, and all runs of one to all runs of the other.
 */
final class LinkLaws {
    private static final String STATE_PAGE = MessageType.STATE_RESPONSE.label();
    private static final String SHARED_PAGE = MessageType.SHARED_CHANGE_RESPONSE.label();
    private static final String ROLLED_BACK = RejectReason.ROLLED_BACK.label();
    private static final String ACK = MessageType.ACK_SHARED_CHANGES.label();

    private final Findings findings;
    private final TestLibrary library;
    private final TestDevice from;
    private final TestDevice to;
    private final String link;
    private final Account sender;
    private final Account receiver;
    private final InProcessNetwork.Passed out;
    private final InProcessNetwork.Passed in;

    private LinkLaws(Findings findings, TestLibrary library, TestDevice from, TestDevice to) {
        this.findings = findings;
        this.library = library;
        this.from = from;
        this.to = to;
        this.link = from.name() + "->" + to.name();
        this.sender = Account.of(from, SnapshotFilter.ofPeer(to.id().toString()));
        this.receiver = Account.of(to, SnapshotFilter.ofPeer(from.id().toString()));
        this.out = from.passed(to.id());
        this.in = to.passed(from.id());
    }

    static void check(Findings findings, TestLibrary library, TestDevice from, TestDevice to) {
        LinkLaws laws = new LinkLaws(findings, library, from, to);
        laws.traffic();
        laws.trafficOfAllRuns();
        laws.pages();
        laws.acks();
        LibraryModels.types().forEach(model -> laws.changes(model.name()));
        laws.redeliveries();
        laws.progress();
        laws.content();
    }

    private void traffic() {
        findings.equal(
                link + " C4 bytes sent",
                sender.sum(epoch -> epoch.dataVolume().getBytesSent()),
                out.sent().bytes());
        findings.equal(
                link + " C4 bytes received",
                receiver.sum(epoch -> epoch.dataVolume().getBytesReceived()),
                in.received().bytes());
        findings.counts(
                link + " C4 frames sent",
                sender.each(epoch -> epoch.dataVolume().getFramesSent()),
                out.sent().types());
        findings.counts(
                link + " C4 frames received",
                receiver.each(epoch -> epoch.dataVolume().getFramesReceived()),
                in.received().types());
    }

    private void trafficOfAllRuns() {
        Account senders = Account.of(
                library.runsOf(from.id()), SnapshotFilter.ofPeer(to.id().toString()));
        Account receivers = Account.of(
                library.runsOf(to.id()), SnapshotFilter.ofPeer(from.id().toString()));
        Traffic lost = library.network().lost(from.id(), to.id());
        Traffic duplicated = library.network().duplicated(from.id(), to.id());
        findings.equal(
                link + " C4 bytes of all runs",
                senders.sum(epoch -> epoch.dataVolume().getBytesSent()) + duplicated.bytes(),
                receivers.sum(epoch -> epoch.dataVolume().getBytesReceived()) + lost.bytes());
        findings.counts(
                link + " C4 frames of all runs",
                sum(senders.each(epoch -> epoch.dataVolume().getFramesSent()), duplicated.types()),
                sum(receivers.each(epoch -> epoch.dataVolume().getFramesReceived()), lost.types()));
    }

    private void pages() {
        findings.equal(
                link + " C5 pages served", sender.ops(OperationMetricsMXBean::getPagesServed), pagesIn(out.sent()));
        findings.between(
                link + " C5 pages taken",
                pagesIn(in.pages()) - receiver.ops(ops -> sum(ops.getSessionsFailed())),
                receiver.ops(OperationMetricsMXBean::getBackfillPaginationRounds),
                pagesIn(in.pages()));
    }

    /** A page may come when its session was given up for a pause; then nobody looks at it. */
    private boolean tookEveryPage() {
        return receiver.ops(OperationMetricsMXBean::getBackfillPaginationRounds) == pagesIn(in.pages());
    }

    private void acks() {
        findings.equal(
                link + " C5 acks sent",
                sender.ops(OperationMetricsMXBean::getAcksSent),
                out.sent().ofType(ACK));
        findings.equal(
                link + " C5 acks received",
                receiver.ops(OperationMetricsMXBean::getAcksReceived),
                in.received().ofType(ACK));
    }

    private void changes(String model) {
        Account sent = Account.of(from, new SnapshotFilter(to.id().toString(), model, Set.of()));
        Account taken = Account.of(to, new SnapshotFilter(from.id().toString(), model, Set.of()));
        findings.equal(
                link + " C1 delivered " + model,
                sent.ops(OperationMetricsMXBean::getChangesDelivered),
                count(out.acknowledged().changes(), model));
        findings.equal(
                link + " C1 served " + model, sent.ops(OperationMetricsMXBean::getRecordsServed), servedIn(model));
        long batches = count(in.taken().changes(), model);
        long pages = count(in.pages().changes(), model);
        findings.between(
                link + " C1 received " + model,
                tookEveryPage() ? batches + pages : batches,
                taken.ops(OperationMetricsMXBean::getChangesReceived),
                batches + pages);
    }

    private long servedIn(String model) {
        return count(out.served().changes(), model);
    }

    /** Without the repeated ones, what one got is what the other knows it took, and at most what it never heard of. */
    private void redeliveries() {
        boolean wholeStory =
                library.runsOf(from.id()).size() == 1 && library.runsOf(to.id()).size() == 1 && tookEveryPage();
        if (!wholeStory) {
            return;
        }
        long known = sender.ops(ops -> ops.getChangesDelivered() + ops.getRecordsServed())
                - lostPages().changes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
        long once = receiver.ops(ops -> ops.getChangesReceived() - ops.getRedelivered());
        long unheardOf = sender.ops(OperationMetricsMXBean::getChangesUndelivered)
                + receiver.ops(ops -> count(ops.getRejectedByReason(), ROLLED_BACK));
        findings.between(link + " C1 once", known, once, known + unheardOf);
    }

    private Traffic lostPages() {
        return library.network().lostPages(from.id(), to.id());
    }

    private void progress() {
        findings.equal(link + " C6", ownSeq(), progressOf(from.id()));
        findings.same(link + " C8", ownHeads(), headsOf(from.id()));
        DeviceVolume volume =
                to.snapshot().dataVolume().getEntriesByDevice().get(from.id().toString());
        findings.same(link + " name", from.name(), volume == null ? null : volume.deviceName());
    }

    /** A change that waited for longer than the log is kept is given up for good; nothing else may be missing. */
    private void content() {
        long givenUp = Account.of(library.runsOf(to.id()), SnapshotFilter.NONE)
                        .sum(epoch -> epoch.errors().getLostDependenciesExpired())
                + Account.of(library.runsOf(from.id()), SnapshotFilter.NONE)
                        .sum(epoch -> epoch.errors().getLostDependenciesExpired());
        if (givenUp > 0 && library.outlastedItsLog()) {
            return;
        }
        findings.same(link + " C9", from.store().contentDigests(), to.store().contentDigests());
    }

    private long ownSeq() {
        return from.store().read(LibraryReader::clock).lastSeq();
    }

    private long progressOf(DeviceId author) {
        return to.store().read(LibraryReader::authorProgress).stream()
                .filter(progress -> progress.author().equals(author))
                .mapToLong(Stored.AuthorProgress::seq)
                .sum();
    }

    private Map<String, Long> ownHeads() {
        Map<String, Long> heads = new HashMap<>();
        for (ModelType model : LibraryModels.types()) {
            long rev = model.isShared() ? 0 : from.store().read(reader -> reader.lastRev(model, from.id()));
            if (rev > 0) {
                heads.put(model.name(), rev);
            }
        }
        return heads;
    }

    private Map<String, Long> headsOf(DeviceId owner) {
        return to.store().read(LibraryReader::watermarks).stream()
                .filter(mark -> mark.owner().equals(owner))
                .collect(Collectors.toMap(mark -> mark.model().name(), Stored.Watermark::rev));
    }

    private static long pagesIn(Traffic traffic) {
        return traffic.ofType(STATE_PAGE) + traffic.ofType(SHARED_PAGE);
    }

    private static long count(Map<String, Long> counts, String key) {
        return counts.getOrDefault(key, 0L);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sum = new HashMap<>(one);
        other.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return sum;
    }
}
