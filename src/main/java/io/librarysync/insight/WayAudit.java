package io.librarysync.insight;

import io.librarysync.insight.Finding.Place;
import io.librarysync.insight.Formula.Sides;
import io.librarysync.insight.Law.OfNumbers;
import io.librarysync.insight.Law.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the laws of the way from one device to another. */
final class WayAudit {
    private final Party from;
    private final Party to;
    private final Place place;

    WayAudit(Party from, Party to) {
        this.from = from;
        this.to = to;
        this.place = Place.way(from.name(), to.name());
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Both all = both(null);
        WayLaws.ALL.forEach(law -> all.each(law).forEach(one -> findings.add(all.ask(one, null))));
        if (all.isThere()) {
            models().forEach(model -> findings.add(both(model).ask(WayLaws.CHANGES, model)));
        }
        return findings;
    }

    private Set<String> models() {
        Set<String> models = new TreeSet<>(from.models());
        models.addAll(to.models());
        return models;
    }

    private Both both(@Nullable String model) {
        return new Both(from.everCounted(to.id(), model), to.everCounted(from.id(), model));
    }

    /** What both sides say. */
    private final class Both {
        private final Optional<Figures> sender;
        private final Optional<Figures> receiver;

        Both(Optional<Figures> sender, Optional<Figures> receiver) {
            this.sender = sender;
            this.receiver = receiver;
        }

        boolean isThere() {
            return sender.isPresent() && receiver.isPresent();
        }

        /** The law itself, or that of each key that one of them has. */
        Stream<OfNumbers> each(OfNumbers law) {
            if (!law.isOfEachKey() || !isThere()) {
                return Stream.of(law);
            }
            Set<String> keys = new TreeSet<>();
            sender.flatMap(figures -> figures.node("frames_sent"))
                    .ifPresent(map -> map.fieldNames().forEachRemaining(keys::add));
            receiver.flatMap(figures -> figures.node("frames_received"))
                    .ifPresent(map -> map.fieldNames().forEachRemaining(keys::add));
            return keys.stream().map(law::at);
        }

        Finding ask(OfNumbers law, @Nullable String model) {
            Subject subject = law.in(place, model);
            Optional<Sides> sides = sender.flatMap(law.formula()::left)
                    .flatMap(left -> receiver.flatMap(law.formula()::right).map(right -> new Sides(left, right)));
            if (sides.isEmpty()) {
                return Finding.open(subject, sides, whyAbsent());
            }
            if (law.formula().holds(sides.get())) {
                return Finding.holds(subject, sides);
            }
            String open = whyOpen(sides.get(), law);
            return open.isEmpty() ? Finding.differs(subject, sides, "", hints()) : Finding.open(subject, sides, open);
        }

        private String whyAbsent() {
            return (sender.isEmpty() ? from : to).book().whyAbsent();
        }

        /** Why two sides may differ although nothing is wrong with the books; empty if they may not. */
        private String whyOpen(Sides sides, OfNumbers law) {
            String gaps = Stream.of(gaps(from, sender), gaps(to, receiver))
                    .filter(gap -> !gap.isEmpty())
                    .collect(Collectors.joining(", "));
            if (!gaps.isEmpty()) {
                return gaps;
            }
            String failures = failures();
            boolean couldBeLost = sides.difference() > 0 || law.name().equals("C1");
            return couldBeLost && !failures.isEmpty() ? "the link had failures: " + failures : "";
        }

        private String gaps(Party party, Optional<Figures> figures) {
            return figures.map(party::gaps).orElse("");
        }

        private String failures() {
            Both link = both(null);
            return link.nonZero(WayLaws.FAILURES);
        }

        private List<String> hints() {
            Both link = both(null);
            String hints = link.nonZero(WayLaws.HINTS);
            return hints.isEmpty() ? List.of() : List.of(hints);
        }

        private String nonZero(Collection<String> names) {
            return Stream.concat(nonZero(from, sender, names), nonZero(to, receiver, names))
                    .collect(Collectors.joining(", "));
        }

        private Stream<String> nonZero(Party party, Optional<Figures> figures, Collection<String> names) {
            return figures.stream().flatMap(known -> names.stream()
                    .filter(name -> known.orZero(name) > 0)
                    .map(name -> "%s %s %d".formatted(party.name(), name, known.orZero(name))));
        }
    }
}
