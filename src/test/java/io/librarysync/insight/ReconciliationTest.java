package io.librarysync.insight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.librarysync.insight.Law.OfNumbers;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two quiet devices agree in every law; whatever number is wrong, the law it stands in says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconciliationTest {
    private final TestLibrary library;
    private final TestDevice a;
    private final TestDevice b;

    ReconciliationTest(@TempDir Path directory) {
        library = new TestLibrary(directory);
        a = library.start("A");
        b = library.start("B");
    }

    @BeforeAll
    void work() {
        a.addLocation();
        a.addFiles(0, 30);
        library.connect(a, b);
        library.settle();
        b.addTag("red");
        a.addFiles(30, 5);
        library.settle();
    }

    @AfterAll
    void stop() {
        library.close();
    }

    private EditedBook bookOfA() {
        return new EditedBook(a);
    }

    private EditedBook bookOfB() {
        return new EditedBook(b);
    }

    @Test
    void twoQuietDevicesAgreeInEveryLaw() {
        Reconciliation reconciliation = Reconciliation.of(List.of(bookOfA(), bookOfB()));
        assertThat(reconciliation.differences()).isEmpty();
        assertThat(reconciliation.open()).isEmpty();
        assertThat(reconciliation.findings().stream().map(Finding::law).distinct())
                .containsExactlyInAnyOrder(
                        "I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "I11", "I12", "I13", "I14", "I16",
                        "C1", "C3", "C4", "C5", "C6", "C9");
        assertThat(ReconciliationScreen.render(reconciliation, false))
                .isEqualTo("%d laws hold, 0 open, 0 differ.%nThe books agree.%n".formatted(reconciliation.holding()));
    }

    static Stream<OfNumbers> lawsOfNumbers() {
        return DeviceLaws.ALL.stream().filter(OfNumbers.class::isInstance).map(OfNumbers.class::cast);
    }

    @ParameterizedTest
    @MethodSource("lawsOfNumbers")
    void aWrongNumberBreaksTheLawItStandsIn(OfNumbers law) {
        EditedBook wrong = bookOfB().editing(json -> raise(json, law.formula()));
        Reconciliation reconciliation = Reconciliation.of(List.of(bookOfA(), wrong));
        assertThat(reconciliation.differences())
                .anySatisfy(finding -> assertThat(finding.says()).isEqualTo(law.says()))
                .allSatisfy(finding -> assertThat(finding.where()).doesNotStartWith("A"));
    }

    /** Makes the side that must not be larger larger by one. */
    private static void raise(ObjectNode json, Formula formula) {
        String term = (formula.relation() == Formula.Relation.AT_LEAST ? formula.right() : formula.left()).get(0);
        if (term.startsWith("#")) {
            ObjectNode state = (ObjectNode) json.path("state");
            state.withArrayProperty("state_history")
                    .addObject()
                    .put("from", "Ready")
                    .put("to", "Ready");
            state.withArrayProperty("state_history")
                    .addObject()
                    .put("from", "Ready")
                    .put("to", "Ready");
            state.putObject("transition_count");
            return;
        }
        Edits.add(json, term, 1);
    }

    @Test
    void aDifferenceSaysInWhichLinkAndModelItSits() {
        Consumer<ObjectNode> lost = json -> Edits.add(json, "changes_applied", -1);
        EditedBook wrong = bookOfB().editing(lost).editingParts(json -> {
            if (!json.path("filter").path("model").asText("entry").equals("entry")) {
                return;
            }
            lost.accept(json);
        });
        Finding finding =
                Reconciliation.of(List.of(bookOfA(), wrong)).differences().get(0);
        assertThat(finding.law()).isEqualTo("I2");
        assertThat(finding.parts()).containsExactly("link to A: 1", "model entry: 1");
    }

    @Test
    void aChangeThatNeverCameIsFoundOnItsWay() {
        EditedBook wrong = bookOfB().editingParts(json -> {
            if (json.path("filter").path("peer").asText().equals(a.id().toString())) {
                Edits.add(json, "received_by_route[live]", -1);
                Edits.add(json, "changes_received", -1);
            }
        });
        assertThat(Reconciliation.of(List.of(bookOfA(), wrong)).differences())
                .filteredOn(finding -> finding.law().equals("C1") && finding.model() == null)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.where()).isEqualTo("A to B");
                    assertThat(Objects.requireNonNull(finding.sides()).difference())
                            .isEqualTo(1);
                });
    }

    @Test
    void aCrashLeavesItsWaysOpenAndTheContentDecides() {
        EditedBook crashed = bookOfB().editingParts(json -> {
            ofTheLink(json, "bytes_received", -100);
            json.withObjectProperty("window")
                    .putArray("missing")
                    .addObject()
                    .put("reason", "crash")
                    .put("at", "2026-02-03T10:00:00.000Z");
        });
        Reconciliation reconciliation = Reconciliation.of(List.of(bookOfA(), crashed));
        assertThat(reconciliation.differences()).isEmpty();
        assertThat(ReconciliationScreen.render(reconciliation, false))
                .startsWith("open     A to B: C4: B: crash at 2026-02-03T10:00:00.000Z\n")
                .endsWith("The books agree, as far as they can be compared.\n");
    }

    @Test
    void whatALinkWithFailuresLostIsOpenAndWhatItInventedIsNot() {
        EditedBook failing = bookOfB().editingParts(json -> {
            ofTheLink(json, "heartbeats_missed", 1);
            ofTheLink(json, "bytes_received", -100);
        });
        assertThat(Reconciliation.of(List.of(bookOfA(), failing)).open())
                .extracting(Finding::why)
                .containsOnly("the link had failures: B heartbeats_missed 1");
        EditedBook inventing = bookOfB().editingParts(json -> {
            ofTheLink(json, "heartbeats_missed", 1);
            ofTheLink(json, "bytes_received", 100);
        });
        assertThat(Reconciliation.of(List.of(bookOfA(), inventing)).differences())
                .extracting(Finding::law)
                .contains("C4");
    }

    private static void ofTheLink(ObjectNode json, String term, long amount) {
        if (!json.path("filter").has("model")) {
            Edits.add(json, term, amount);
        }
    }

    @Test
    void whileWorkGoesOnABalanceIsOpen() {
        EditedBook busy = bookOfB().editing(json -> {
            Edits.add(json, "changes_received", 2);
            Edits.add(json, "received_by_route[live]", 2);
            Edits.add(json, "changes_outstanding", 1);
        });
        assertThat(Reconciliation.of(List.of(bookOfA(), busy)).open())
                .filteredOn(finding -> finding.law().equals("I2"))
                .extracting(Finding::why)
                .containsExactly("work goes on: changes_outstanding 1");
    }

    @Test
    void theOpeningBalanceCounts() {
        EditedBook restarted = bookOfB().editing(json -> {
            json.withObjectProperty("operations")
                    .withObjectProperty("opening_balance")
                    .put("changes_received", 3);
            Edits.add(json, "changes_rejected", 3);
            Edits.add(json, "rejected_by_reason[duplicate]", 3);
        });
        assertThat(Reconciliation.of(List.of(bookOfA(), restarted)).differences())
                .isEmpty();
    }

    @Test
    void otherRecordsAndOtherProgressAreDifferences() {
        EditedBook other = bookOfB().editingContent(json -> {
            json.withObjectProperty("digests").put("tag", "0f");
            json.withObjectProperty("heads")
                    .withObjectProperty(a.id().toString())
                    .put("entry", 99);
        });
        assertThat(Reconciliation.of(List.of(bookOfA(), other)).differences())
                .extracting(finding -> finding.law() + " " + finding.where())
                .containsExactly("C8 A to B, entry", "C9 A to B, tag");
    }

    @Test
    void brokenWordsAreDifferences() {
        EditedBook other = bookOfB().editing(json -> {
            json.withObjectProperty("state")
                    .withObjectProperty("transition_count")
                    .put("Ready->Backfilling", 1);
            json.withObjectProperty("performance")
                    .withObjectProperty("apply_latency_ms")
                    .put("min", 9.0);
            json.withObjectProperty("performance").put("oldest_held_ms", -5);
            json.withObjectProperty("state").put("current_state", "CatchingUp");
        });
        assertThat(Reconciliation.of(List.of(bookOfA(), other)).differences())
                .extracting(Finding::law)
                .containsExactly("I8", "I9", "I12", "I14");
    }
}
