package io.librarysync.insight;

import io.librarysync.insight.Finding.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What came of every law on every device, on every way from one to another, and over all of them. */
public record Reconciliation(List<Finding> findings) {

    public Reconciliation {
        findings = List.copyOf(findings);
    }

    /** Asks the books of two or more devices of one library. */
    public static Reconciliation of(List<? extends Book> books) {
        List<Party> parties = books.stream().map(Party::new).toList();
        List<Finding> findings = new ArrayList<>();
        parties.forEach(party -> findings.addAll(DeviceAudit.of(party)));
        for (Party from : parties) {
            for (Party to : parties) {
                if (!from.id().equals(to.id())) {
                    findings.addAll(new WayAudit(from, to).findings());
                }
            }
        }
        findings.addAll(new LibraryAudit(parties).findings());
        findings.addAll(new ContentAudit(parties).findings());
        return new Reconciliation(findings);
    }

    public List<Finding> differences() {
        return with(Verdict.DIFFERS);
    }

    public List<Finding> open() {
        return with(Verdict.OPEN);
    }

    public long holding() {
        return with(Verdict.HOLDS).size();
    }

    public boolean agrees() {
        return differences().isEmpty();
    }

    private List<Finding> with(Verdict verdict) {
        return findings.stream().filter(finding -> finding.is(verdict)).toList();
    }
}
