package io.librarysync.insight;

import io.librarysync.export.Formats;
import io.librarysync.insight.Finding.Verdict;
import io.librarysync.insight.Formula.Sides;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The screen of {@code sd sync reconcile}: what differs in full, what is open by its reason, and how much holds. */
public final class ReconciliationScreen {
    private ReconciliationScreen() {}

    /**
     * The screen as text, each line ended; the last line is the verdict.
     *
     * @param all whether laws that hold are shown too
     */
    public static String render(Reconciliation reconciliation, boolean all) {
        List<String> lines = new ArrayList<>();
        if (all) {
            reconciliation.findings().stream()
                    .filter(finding -> finding.is(Verdict.HOLDS))
                    .forEach(finding -> lines.add(held(finding)));
        }
        lines.addAll(open(reconciliation.open()));
        reconciliation.differences().forEach(finding -> lines.addAll(difference(finding)));
        lines.add("%d laws hold, %d open, %d differ."
                .formatted(
                        reconciliation.holding(),
                        reconciliation.open().size(),
                        reconciliation.differences().size()));
        lines.add(verdict(reconciliation));
        return lines.stream().map(Formats::clean).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String verdict(Reconciliation reconciliation) {
        if (!reconciliation.agrees()) {
            return "The books differ.";
        }
        return reconciliation.open().isEmpty()
                ? "The books agree."
                : "The books agree, as far as they can be compared.";
    }

    private static String held(Finding finding) {
        Sides sides = finding.sides();
        return "holds    %-3s %s: %s%s"
                .formatted(
                        finding.law(),
                        finding.where(),
                        finding.says(),
                        sides == null
                                ? ""
                                : " (%s; %s)"
                                        .formatted(
                                                sides.left().text(),
                                                sides.right().text()));
    }

    /** One line for each place and reason. */
    private static List<String> open(List<Finding> open) {
        Map<List<String>, Set<String>> laws = new LinkedHashMap<>();
        open.forEach(finding -> laws.computeIfAbsent(
                        List.of(finding.place().text(), finding.why()), place -> new LinkedHashSet<>())
                .add(finding.law()));
        return laws.entrySet().stream()
                .map(entry -> "open     %s: %s: %s"
                        .formatted(
                                entry.getKey().get(0),
                                String.join(", ", entry.getValue()),
                                entry.getKey().get(1)))
                .toList();
    }

    private static List<String> difference(Finding finding) {
        List<String> lines = new ArrayList<>();
        lines.add("DIFFERS  %-3s %s: %s".formatted(finding.law(), finding.where(), finding.says()));
        Sides sides = finding.sides();
        if (sides != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "             %s; %s; difference %,d",
                    sides.left().text(),
                    sides.right().text(),
                    sides.difference()));
        }
        if (!finding.why().isEmpty()) {
            lines.add("             " + finding.why());
        }
        if (!finding.parts().isEmpty()) {
            lines.add("             in " + String.join("; ", finding.parts()));
        }
        return lines;
    }
}
