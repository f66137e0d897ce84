package io.librarysync.testing;

import io.librarysync.domain.SessionKind;
import io.librarysync.events.SyncEvent;
import io.librarysync.events.SyncEventType;
import io.librarysync.metrics.OperationMetricsMXBean;
import io.librarysync.metrics.SnapshotFilter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The laws between the events of one run and what it counted (C13). */
final class EventLaws {
    private final Findings findings;
    private final TestDevice run;
    private final Account account;
    private final List<SyncEvent> events;

    private EventLaws(Findings findings, TestDevice run) {
        this.findings = findings;
        this.run = run;
        this.account = Account.of(run, SnapshotFilter.NONE);
        this.events = run.events().journal().recent();
    }

    /** Those that hold between any two tasks of the device. */
    static void check(Findings findings, TestDevice run) {
        EventLaws laws = new EventLaws(findings, run);
        laws.numbers();
        laws.states();
        laws.sessions();
        laws.pages();
        laws.ingestion();
        laws.errors();
        laws.losses();
    }

    private void numbers() {
        findings.same(
                run.name() + " C13 numbers",
                LongStream.rangeClosed(1, run.events().journal().last()).boxed().toList(),
                events.stream().map(event -> event.id().sequence()).toList());
    }

    private void states() {
        equal(
                "transitions",
                sum(account.each(epoch -> epoch.state().getTransitionCount())),
                SyncEventType.STATE_TRANSITION);
        equal(
                "refused transitions",
                account.sum(epoch -> epoch.state().getIllegalTransitions()),
                SyncEventType.ILLEGAL_TRANSITION);
    }

    private void sessions() {
        of(SessionKind.BACKFILL, SyncEventType.BACKFILL_SESSION_STARTED, OperationMetricsMXBean::getSessionsStarted);
        of(
                SessionKind.BACKFILL,
                SyncEventType.BACKFILL_SESSION_COMPLETED,
                OperationMetricsMXBean::getSessionsCompleted);
        of(SessionKind.BACKFILL, SyncEventType.BACKFILL_SESSION_FAILED, OperationMetricsMXBean::getSessionsFailed);
        of(SessionKind.CATCH_UP, SyncEventType.CATCH_UP_SESSION_STARTED, OperationMetricsMXBean::getSessionsStarted);
        of(
                SessionKind.CATCH_UP,
                SyncEventType.CATCH_UP_SESSION_COMPLETED,
                OperationMetricsMXBean::getSessionsCompleted);
        of(SessionKind.CATCH_UP, SyncEventType.CATCH_UP_SESSION_FAILED, OperationMetricsMXBean::getSessionsFailed);
        equal(
                "peers selected",
                sum(account.eachOf(OperationMetricsMXBean::getSessionsStarted)),
                SyncEventType.PEER_SELECTED);
    }

    private void of(SessionKind kind, SyncEventType type, Function<OperationMetricsMXBean, Map<String, Long>> counts) {
        equal(type.label(), account.eachOf(counts).getOrDefault(kind.label(), 0L), type);
    }

    private void pages() {
        equal(
                "pages served",
                account.ops(OperationMetricsMXBean::getPagesServed),
                SyncEventType.BACKFILL_RESPONSE_SENT);
    }

    /** What a session that lasts has applied so far may wait to be told of. */
    private void ingestion() {
        long told = records(SyncEventType.BATCH_INGESTION);
        long ofSessions = Stream.of(
                        SyncEventType.BACKFILL_SESSION_COMPLETED,
                        SyncEventType.BACKFILL_SESSION_FAILED,
                        SyncEventType.CATCH_UP_SESSION_COMPLETED,
                        SyncEventType.CATCH_UP_SESSION_FAILED)
                .mapToLong(this::records)
                .sum();
        boolean active = run.engine().levels().links().stream().anyMatch(link -> link.activeSessions() > 0);
        findings.between(
                run.name() + " C13 ingestion",
                ofSessions,
                told,
                active ? account.ops(OperationMetricsMXBean::getChangesApplied) : ofSessions);
        findings.between(run.name() + " C13 applied", 0, told, account.ops(OperationMetricsMXBean::getChangesApplied));
    }

    private void errors() {
        findings.equal(
                run.name() + " C13 errors",
                account.sum(epoch -> epoch.errors().getTotalErrors()),
                count(SyncEventType.SYNC_ERROR)
                        + count(SyncEventType.PEER_REFUSED)
                        + count(SyncEventType.HISTORY_REWOUND));
    }

    private void losses() {
        equal(
                "retries given up",
                account.ops(ops -> ops.getRetryExhausted() + ops.getRetryOverflow()),
                SyncEventType.RETRY_EXHAUSTED);
        findings.equal(
                run.name() + " C13 outbox",
                account.eachOf(OperationMetricsMXBean::getChangesDeferred).getOrDefault("overflow", 0L),
                records(SyncEventType.OUTBOX_OVERFLOW));
        findings.equal(
                run.name() + " C13 buffer",
                account.eachOf(OperationMetricsMXBean::getRejectedByReason).getOrDefault("overflow", 0L),
                records(SyncEventType.BUFFER_OVERFLOW));
    }

    private void equal(String what, long counted, SyncEventType type) {
        findings.equal(run.name() + " C13 " + what, counted, count(type));
    }

    private long count(SyncEventType type) {
        return events.stream().filter(event -> event.type() == type).count();
    }

    private long records(SyncEventType type) {
        return events.stream()
                .filter(event -> event.type() == type)
                .mapToLong(event -> event.records() == null ? 0 : event.records())
                .sum();
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
