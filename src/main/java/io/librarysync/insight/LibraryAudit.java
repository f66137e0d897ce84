package io.librarysync.insight;

import io.librarysync.insight.Finding.Place;
import io.librarysync.insight.Formula.Sides;
import io.librarysync.insight.Formula.Sum;
import io.librarysync.insight.Law.OfNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks what holds over all devices of a library, if all of them take part. */
final class LibraryAudit {
    private static final String LIVE = "C3";

    private final List<Party> parties;
    private final List<Optional<Figures>> wholes;

    LibraryAudit(List<Party> parties) {
        this.parties = parties;
        this.wholes =
                parties.stream().map(party -> party.everCounted(null, null)).toList();
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (isComplete()) {
            parties.stream().filter(this::wentToAll).forEach(party -> findings.add(live(party)));
            WayLaws.ALL.stream().filter(law -> !law.isOfEachKey()).forEach(law -> findings.add(sum(law)));
        }
        return findings;
    }

    /** Whether everybody that anybody knows is here. */
    private boolean isComplete() {
        return wholes.stream()
                .allMatch(whole ->
                        whole.isPresent() && whole.get().number("peers_known").orElse(-1) == parties.size() - 1);
    }

    /** What all sent is what all received. */
    private Finding sum(OfNumbers law) {
        Law.Subject subject = law.in(Place.LIBRARY);
        Optional<Sides> sides = sum(law.formula()::left)
                .flatMap(left -> sum(law.formula()::right).map(right -> new Sides(left, right)));
        if (sides.isEmpty()) {
            return Finding.open(subject, sides, parties.get(0).book().whyAbsent());
        }
        if (law.formula().holds(sides.get())) {
            return Finding.holds(subject, sides);
        }
        String open = whyOpen();
        return open.isEmpty() ? Finding.differs(subject, sides, "", List.of()) : Finding.open(subject, sides, open);
    }

    private Optional<Sum> sum(Function<Figures, Optional<Sum>> side) {
        return wholes.stream()
                .map(whole -> whole.flatMap(side))
                .reduce((one, other) -> one.flatMap(first -> other.map(first::plus)))
                .orElse(Optional.empty());
    }

    private String whyOpen() {
        String gaps = each((party, figures) -> party.gaps(figures));
        return gaps.isEmpty() ? each(LibraryAudit::failures) : gaps;
    }

    private String each(BiFunction<Party, Figures, String> what) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < parties.size(); i++) {
            Party party = parties.get(i);
            wholes.get(i)
                    .map(figures -> what.apply(party, figures))
                    .filter(text -> !text.isEmpty())
                    .ifPresent(texts::add);
        }
        return String.join(", ", texts);
    }

    private static String failures(Party party, Figures figures) {
        String failures = WayLaws.FAILURES.stream()
                .filter(name -> figures.orZero(name) > 0)
                .map(name -> name + " " + figures.orZero(name))
                .collect(Collectors.joining(", "));
        return failures.isEmpty() ? "" : party.name() + " had failures: " + failures;
    }

    /** Whether each of its broadcasts was addressed to every other device and none failed. */
    private boolean wentToAll(Party party) {
        Figures figures = party.everCounted(null, null).orElseThrow();
        long others = parties.size() - 1L;
        return figures.orZero("broadcasts_sent") * others == figures.orZero("changes_addressed")
                && figures.orZero("failed_broadcasts") == 0
                && figures.orZero("changes_outstanding") == 0
                && parties.stream()
                        .noneMatch(other -> !party.id().equals(other.id())
                                && link(other, party).isEmpty());
    }

    private static Optional<Figures> link(Party of, Party about) {
        return of.everCounted(about.id(), null);
    }

    /** What one broadcast came in live at every other device. */
    private Finding live(Party author) {
        long received = 0;
        for (Party other : parties) {
            if (!other.id().equals(author.id())) {
                received += link(other, author)
                        .map(figures -> figures.orZero("received_by_route[live]"))
                        .orElse(0L);
            }
        }
        long sent = author.everCounted(null, null).orElseThrow().orZero("broadcasts_sent") * (parties.size() - 1L);
        Sides sides = new Sides(new Sum(List.of(sent)), new Sum(List.of(received)));
        Law.Subject subject = new Law.Subject(
                LIVE,
                "broadcasts_sent x %d = received_by_route[live] on all others".formatted(parties.size() - 1),
                Place.on(author.name()),
                null);
        if (sides.difference() == 0) {
            return Finding.holds(subject, Optional.of(sides));
        }
        String open = whyOpen();
        return open.isEmpty()
                ? Finding.differs(subject, Optional.of(sides), "", List.of())
                : Finding.open(subject, Optional.of(sides), open);
    }
}
