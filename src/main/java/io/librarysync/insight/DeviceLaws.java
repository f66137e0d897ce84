package io.librarysync.insight;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.domain.SessionKind;
import io.librarysync.domain.SyncState;
import io.librarysync.insight.Law.InWords;
import io.librarysync.insight.Law.OfNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** What the numbers of one device obey in every snapshot; with {@code =q} once all is quiet. */
final class DeviceLaws {
    private static final int RECENT_ERRORS = 100;
    private static final double ROUNDING = 1e-6;
    private static final Pattern ARROW = Pattern.compile("->");
    private static final List<String> RISING = List.of("p50", "p95", "p99", "max");

    static final List<Law> ALL = List.of(
            OfNumbers.of("I1", "broadcasts_sent = state_changes_broadcast + shared_changes_broadcast"),
            OfNumbers.of(
                    "I2",
                    "changes_received + opening_balance[changes_received] =q changes_applied + changes_rejected"
                            + " + buffer_queue_depth"),
            OfNumbers.of("I2", "buffer_queue_depth = held_buffer + held_waiting"),
            OfNumbers.of("I3", "changes_received = received_by_route"),
            OfNumbers.of("I3", "changes_rejected = rejected_by_reason"),
            OfNumbers.of(
                    "I4",
                    "local_changes_committed + opening_balance[local_changes_committed] =q broadcasts_sent"
                            + " + changes_deferred + outbox_depth"),
            OfNumbers.of(
                    "I5",
                    "failed_broadcasts + opening_balance[failed_broadcasts] =q retry_enqueued"
                            + " + operations.retry_overflow"),
            OfNumbers.of(
                    "I5",
                    "retry_enqueued + opening_balance[retry_enqueued] =q retry_successes + operations.retry_exhausted"
                            + " + retry_superseded + retry_queue_depth"),
            OfNumbers.of("I5", "retry_attempts + opening_balance[retry_attempts] =q retry_successes + retry_failures"),
            OfNumbers.of(
                    "I5",
                    "changes_addressed + opening_balance[changes_addressed] =q changes_delivered"
                            + " + changes_undelivered + changes_outstanding"),
            OfNumbers.of(
                    "I6",
                    "sessions_started + opening_balance[sessions_started] =q backfill_sessions_completed"
                            + " + sessions_failed + active_backfill_sessions"),
            closed(SessionKind.BACKFILL),
            closed(SessionKind.CATCH_UP),
            OfNumbers.of("I7", "entries_synced = broadcasts_sent + changes_applied"),
            OfNumbers.of("I7", "total_synced = entries_synced"),
            OfNumbers.of(
                    "I7",
                    "broadcasts_sent + changes_applied = entries_by_device.entries_received + "
                            + "entries_by_device.records_sent"),
            OfNumbers.of("I7", "broadcasts_sent = entries_by_device.records_sent"),
            OfNumbers.of("I8", "total_time_in_state = uptime_ms").when(DeviceLaws::isOfTheWholeRun),
            OfNumbers.of("I8", "transition_count >= #state_history"),
            new InWords("I8", "state_history chains and ends in current_state", DeviceLaws::brokenChain),
            new InWords("I9", "every transition follows a legal edge", DeviceLaws::illegalEdges),
            OfNumbers.of("I9", "state.illegal_transitions = 0"),
            OfNumbers.of(
                    "I10",
                    "total_errors = network_errors + database_errors + apply_errors + validation_errors"
                            + " + other_errors"),
            OfNumbers.of("I10", "network_errors = failed_broadcasts + retry_failures + requests_failed"),
            OfNumbers.of(
                    "I10", "apply_errors = rejected_by_reason[apply_error] + rejected_by_reason[missing_dependency]"),
            OfNumbers.of(
                    "I10",
                    "validation_errors = rejected_by_reason[validation] + rejected_by_reason[not_owner]"
                            + " + rejected_by_reason[clock_ahead] + frames_rejected + peers_refused"),
            OfNumbers.of("I10", "total_errors + opening_balance[total_errors] =q #recent_errors")
                    .when(figures -> figures.orZero("total_errors") < RECENT_ERRORS),
            OfNumbers.of("I11", "conflicts_resolved_by_hlc + conflicts_resolved_by_delete <= conflicts_detected"),
            OfNumbers.of("I11", "conflicts_kept_local + conflicts_took_remote = conflicts_resolved_by_hlc"),
            OfNumbers.of(
                    "I11",
                    "rejected_by_reason[stale] + opening_balance[rejected_by_reason.stale] =q conflicts_kept_local"
                            + " + ancestors_late"),
            new InWords("I12", "every distribution is one", DeviceLaws::brokenDistributions),
            OfNumbers.of(
                    "I13",
                    "broadcast_batches_sent + opening_balance[broadcast_batches_sent] =q broadcast_latency_ms.count"),
            OfNumbers.of("I13", "changes_applied + opening_balance[changes_applied] =q apply_latency_ms.count"),
            OfNumbers.of(
                    "I13",
                    "backfill_pagination_rounds + opening_balance[backfill_pagination_rounds] =q"
                            + " backfill_request_latency_ms.count"),
            OfNumbers.of(
                    "I13",
                    "backfill_sessions_completed + sessions_failed + opening_balance[sessions_closed] =q"
                            + " session_duration_ms.count"),
            OfNumbers.of("I13", "db_query_count = db_query_duration_ms.count"),
            new InWords("I14", "no number but a drift is below 0", DeviceLaws::negatives),
            OfNumbers.of("I16", "held_buffer = 0").when(DeviceLaws::hasItsTurn));

    private DeviceLaws() {}

    /** Of one kind; a session is open only within a run, so that none is found when one begins. */
    private static OfNumbers closed(SessionKind kind) {
        return OfNumbers.of("I6", "sessions_started[*] =q sessions_completed[*] + sessions_failed[*]")
                .at(kind.label())
                .when(figures -> isOfTheWholeRun(figures) && figures.orZero("active_backfill_sessions") == 0);
    }

    private static boolean isOfTheWholeRun(Figures figures) {
        return figures.text("epoch", "opened_by").equals("start")
                && figures.text("window", "span").equals("epoch");
    }

    /** Nothing that was received has to wait for its turn. */
    private static boolean hasItsTurn(Figures figures) {
        return figures.text("state", "current_state").equals(SyncState.READY.label())
                && figures.orZero("active_backfill_sessions") == 0
                && figures.orZero("links_needing_catch_up") == 0;
    }

    private static List<String> brokenChain(Figures figures) {
        List<String> broken = new ArrayList<>();
        String last = "";
        for (JsonNode step : figures.json().path("state").path("state_history")) {
            String from = step.path("from").asText();
            if (!last.isEmpty() && !from.equals(last)) {
                broken.add(last + ", then from " + from);
            }
            last = step.path("to").asText();
        }
        String current = figures.text("state", "current_state");
        if (!last.isEmpty() && !last.equals(current)) {
            broken.add("last to " + last + ", now " + current);
        }
        return broken;
    }

    private static List<String> illegalEdges(Figures figures) {
        List<String> illegal = new ArrayList<>();
        figures.json().path("state").path("transition_count").fieldNames().forEachRemaining(edge -> {
            List<String> ends = ARROW.splitAsStream(edge).toList();
            if (ends.size() != 2 || !SyncState.ofLabel(ends.get(0)).mayBecome(SyncState.ofLabel(ends.get(1)))) {
                illegal.add(edge);
            }
        });
        return illegal;
    }

    private static List<String> brokenDistributions(Figures figures) {
        List<String> broken = new ArrayList<>();
        eachPart(figures, (name, value) -> {
            if (name.endsWith("_ms") || name.contains("_ms.")) {
                if (value.has("count") && !isDistribution(value)) {
                    broken.add(name + " " + value);
                }
            }
        });
        return broken;
    }

    private static boolean isDistribution(JsonNode value) {
        long count = value.path("count").longValue();
        if (count == 0) {
            return !value.has("min") && !value.has("avg") && !value.has("max") && !value.has("p50");
        }
        double least = value.path("min").doubleValue();
        double most = value.path("max").doubleValue();
        double average = value.path("avg").doubleValue();
        double last = Double.NEGATIVE_INFINITY;
        for (String field : RISING) {
            if (value.path(field).doubleValue() < last - ROUNDING) {
                return false;
            }
            last = value.path(field).doubleValue();
        }
        return least <= average + ROUNDING && average <= most + ROUNDING;
    }

    private static List<String> negatives(Figures figures) {
        List<String> negatives = new ArrayList<>();
        eachPart(figures, (name, value) -> {
            boolean mayBe = name.contains("drift") || name.contains("opening_balance");
            if (value.isNumber() && value.doubleValue() < 0 && !mayBe) {
                negatives.add(name + " " + value);
            }
        });
        return negatives;
    }

    /** Every value in a block, with its path in it. */
    private static void eachPart(Figures figures, BiConsumer<String, JsonNode> visitor) {
        figures.json().properties().stream()
                .filter(block -> Figures.isBlock(block.getKey()))
                .forEach(block -> block.getValue()
                        .properties()
                        .forEach(metric -> visit(metric.getKey(), metric.getValue(), visitor)));
    }

    private static void visit(String name, JsonNode value, BiConsumer<String, JsonNode> visitor) {
        visitor.accept(name, value);
        value.properties().forEach(part -> visit(name + '.' + part.getKey(), part.getValue(), visitor));
    }
}
