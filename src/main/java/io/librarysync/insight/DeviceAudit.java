package io.librarysync.insight;

import io.librarysync.insight.Finding.Place;
import io.librarysync.insight.Formula.Relation;
import io.librarysync.insight.Formula.Sides;
import io.librarysync.insight.Law.InWords;
import io.librarysync.insight.Law.OfNumbers;
import io.librarysync.insight.Law.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the laws of one device. */
final class DeviceAudit {
    private final Party party;
    private final Figures figures;
    private final Place place;

    private DeviceAudit(Party party, Figures figures) {
        this.party = party;
        this.figures = figures;
        this.place = Place.on(party.name());
    }

    static List<Finding> of(Party party) {
        Optional<Figures> whole = party.whole();
        Place place = Place.on(party.name());
        if (whole.isEmpty()) {
            return open(place, party.book().whyAbsent());
        }
        if (!party.isRecorded()) {
            return open(place, "metrics are off on " + party.name());
        }
        DeviceAudit audit = new DeviceAudit(party, whole.get());
        return DeviceLaws.ALL.stream().flatMap(audit::ask).toList();
    }

    private static List<Finding> open(Place place, String why) {
        return DeviceLaws.ALL.stream()
                .map(law -> Finding.open(law.in(place), Optional.empty(), why))
                .toList();
    }

    private Stream<Finding> ask(Law law) {
        if (law instanceof InWords words) {
            return Stream.of(ask(words));
        }
        OfNumbers numbers = (OfNumbers) law;
        return numbers.applies().test(figures) ? Stream.of(ask(numbers)) : Stream.empty();
    }

    private Finding ask(InWords law) {
        List<String> broken = law.broken().apply(figures);
        Subject subject = law.in(place);
        return broken.isEmpty()
                ? Finding.holds(subject, Optional.empty())
                : Finding.differs(subject, Optional.empty(), String.join("; ", broken), List.of());
    }

    private Finding ask(OfNumbers law) {
        Subject subject = law.in(place);
        Optional<Sides> sides = law.formula().sides(figures);
        if (sides.isEmpty()) {
            return Finding.open(subject, sides, party.book().whyAbsent());
        }
        if (law.formula().holds(sides.get())) {
            return Finding.holds(subject, sides);
        }
        String busy = Party.busy(figures);
        return law.formula().relation() == Relation.EQUAL_WHEN_QUIET && !busy.isEmpty()
                ? Finding.open(subject, sides, "work goes on: " + busy)
                : Finding.differs(subject, sides, "", parts(law));
    }

    /** In which links and models the sides differ. */
    private List<String> parts(OfNumbers law) {
        List<String> parts = new ArrayList<>();
        Map<String, String> names = names();
        party.peers().forEach(peer -> part(law, peer, null)
                .ifPresent(difference -> parts.add("link to " + names.getOrDefault(peer, peer) + ": " + difference)));
        party.models().forEach(model -> part(law, null, model)
                .ifPresent(difference -> parts.add("model " + model + ": " + difference)));
        return parts;
    }

    private Optional<String> part(OfNumbers law, @Nullable String peer, @Nullable String model) {
        return party.ofEpoch(peer, model)
                .flatMap(law.formula()::sides)
                .filter(sides -> !law.formula().holds(sides))
                .map(sides -> String.format(Locale.ROOT, "%,d", sides.difference()));
    }

    private Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        figures.node("entries_by_device").ifPresent(devices -> devices.properties()
                .forEach(device -> names.put(
                        device.getKey(), device.getValue().path("device_name").asText(device.getKey()))));
        return names;
    }
}
