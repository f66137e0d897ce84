package io.librarysync.insight;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.insight.Finding.Place;
import io.librarysync.insight.Formula.Sides;
import io.librarysync.insight.Formula.Sum;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks whether all devices hold the same records, and how far each has come in what the others wrote. */
final class ContentAudit {
    private static final String SHARED = "shared";
    private static final String PROGRESS = "author_progress of the sender = the last seq it wrote";
    private static final String WATERMARK = "state_watermark of the sender = the last rev it wrote";
    private static final String DIGEST = "the digest of all records is the same on both";

    private final List<Party> parties;

    ContentAudit(List<Party> parties) {
        this.parties = parties;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Party from : parties) {
            for (Party to : parties) {
                if (!from.id().equals(to.id())) {
                    findings.addAll(heads(from, to));
                }
            }
        }
        Party first = parties.get(0);
        parties.stream().skip(1).forEach(other -> findings.addAll(digests(first, other)));
        return findings;
    }

    private List<Finding> heads(Party from, Party to) {
        Optional<JsonNode> sender = from.book().content();
        Optional<JsonNode> receiver = to.book().content();
        Place place = Place.way(from.name(), to.name());
        if (sender.isEmpty() || receiver.isEmpty()) {
            String why = (sender.isEmpty() ? from : to).book().whyAbsent();
            return Stream.of(
                            new Law.Subject("C6", PROGRESS, place, null), new Law.Subject("C8", WATERMARK, place, null))
                    .map(subject -> Finding.open(subject, Optional.empty(), why))
                    .toList();
        }
        JsonNode wrote = sender.get().path("heads").path(from.id());
        JsonNode has = receiver.get().path("heads").path(from.id());
        String busy = busy(from, to);
        return keys(wrote, has).stream()
                .map(scope -> head(
                        scope.equals(SHARED)
                                ? new Law.Subject("C6", PROGRESS, place, null)
                                : new Law.Subject("C8", WATERMARK, place, scope),
                        new Sides(sum(wrote.path(scope)), sum(has.path(scope))),
                        busy))
                .toList();
    }

    private static Sum sum(JsonNode head) {
        return new Sum(List.of(head.longValue()));
    }

    private static Finding head(Law.Subject subject, Sides sides, String busy) {
        if (sides.difference() == 0) {
            return Finding.holds(subject, Optional.of(sides));
        }
        return busy.isEmpty()
                ? Finding.differs(subject, Optional.of(sides), "", List.of())
                : Finding.open(subject, Optional.of(sides), busy);
    }

    private List<Finding> digests(Party one, Party other) {
        Optional<JsonNode> first = one.book().content();
        Optional<JsonNode> second = other.book().content();
        Place place = Place.way(one.name(), other.name());
        if (first.isEmpty() || second.isEmpty()) {
            String why = (first.isEmpty() ? one : other).book().whyAbsent();
            return List.of(Finding.open(new Law.Subject("C9", DIGEST, place, null), Optional.empty(), why));
        }
        JsonNode here = first.get().path("digests");
        JsonNode there = second.get().path("digests");
        String busy = busy(one, other);
        return keys(here, there).stream()
                .map(model -> digest(
                        new Law.Subject("C9", DIGEST, place, model),
                        Objects.equals(here.get(model), there.get(model)),
                        busy))
                .toList();
    }

    private static Finding digest(Law.Subject subject, boolean same, String busy) {
        if (same) {
            return Finding.holds(subject, Optional.empty());
        }
        return busy.isEmpty()
                ? Finding.differs(subject, Optional.empty(), "the records differ", List.of())
                : Finding.open(subject, Optional.empty(), busy);
    }

    /** Why two devices need not be in step yet; empty if nothing says so. */
    private String busy(Party one, Party other) {
        List<String> reasons = new ArrayList<>();
        for (Party party : List.of(one, other)) {
            String work = party.whole().map(Party::busy).orElse("");
            if (!work.isEmpty()) {
                reasons.add(party.name() + ": " + work);
            }
            if (!party.isConnectedTo(parties.size() - 1)) {
                reasons.add(party.name() + " is not connected to all");
            }
        }
        return reasons.stream().distinct().collect(Collectors.joining(", "));
    }

    private static Set<String> keys(JsonNode one, JsonNode other) {
        Set<String> keys = new LinkedHashSet<>();
        one.fieldNames().forEachRemaining(keys::add);
        other.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
