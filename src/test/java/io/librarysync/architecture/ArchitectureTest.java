package io.librarysync.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.librarysync.architecture.ImportTable.BASE;
import static io.librarysync.architecture.ImportTable.qualified;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.librarysync.architecture.ImportTable.Row;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The boundaries that keep data flowing one way. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);
    private static final Set<String> WALL_CLOCKS = Set.of("currentTimeMillis", "nanoTime", "now", "systemUTC");

    static List<Row> importTable() {
        return ImportTable.ROWS;
    }

    @ParameterizedTest
    @MethodSource("importTable")
    void aPackageImportsOnlyWhatItsRowAllows(Row row) {
        String[] forbidden = ImportTable.ROWS.stream()
                .map(Row::pack)
                .filter(pack -> !pack.equals(row.pack()) && !row.mayImport().contains(pack))
                .map(ImportTable::qualified)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(qualified(row.pack()))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void everyPackageHasARow() {
        Set<String> packages =
                OURS.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        Stream<String> rows = ImportTable.ROWS.stream().map(row -> qualified(row.pack()));
        assertThat(rows).containsAll(packages);
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        List<String> silent = Stream.concat(
                        Stream.of(OURS.getPackage(BASE)), OURS.getPackage(BASE).getSubpackagesInTree().stream())
                .filter(pack -> !pack.getClasses().isEmpty())
                .filter(pack -> !pack.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .toList();
        assertThat(silent).isEmpty();
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void snapshotsAreRecords() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Snapshot")
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void everyGetterOfACategoryBeanIsADeclaredMetric() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .haveSimpleNameEndingWith("MetricsMXBean")
                .and()
                .haveNameMatching("(get|is)[A-Z].*")
                .should()
                .beAnnotatedWith(qualified("instrument.Metric"))
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void onlyTheStoreSpeaksSql() {
        onlyIn(
                "store",
                resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.postgresql..", "com.zaxxer.."));
    }

    @Test
    void onlyTheAdapterKnowsJGroups() {
        onlyIn("engine.jgroups", resideInAPackage("org.jgroups.."));
    }

    @Test
    void onlyTheServerKnowsHttpAndJolokia() {
        onlyIn("http", resideInAnyPackage("com.sun.net.httpserver..", "org.jolokia.."));
    }

    @Test
    void onlyTheExportKnowsPrometheus() {
        onlyIn("export", resideInAPackage("io.prometheus.."));
    }

    @Test
    void onlyTheCommandLineKnowsPicocli() {
        onlyIn("cli", resideInAPackage("picocli.."));
    }

    @Test
    void onlyTheCommandLineKnowsJLine() {
        onlyIn("cli", resideInAPackage("org.jline.."));
    }

    @Test
    void onlyBeansAndTheCommandLineSpeakJmx() {
        DescribedPredicate<JavaClass> jmx = resideInAPackage("javax.management..")
                .and(not(nameMatching("javax\\.management\\.(MXBean|DescriptorKey|DescriptorFields)")));
        noClasses()
                .that()
                .resideOutsideOfPackages(qualified("jmx"), qualified("cli"))
                .and(not(describe(
                        "fill an interface of Jolokia, whose methods name beans", ArchitectureTest::isJolokias)))
                .should()
                .dependOnClassesThat(jmx)
                .check(OURS);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(qualified("cli"))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(OURS);
    }

    @Test
    void clocksAreReadInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage(qualified("app"))
                .and()
                .doNotHaveFullyQualifiedName(qualified("domain.SystemClock"))
                .should()
                .callMethodWhere(readsAClock())
                .check(OURS);
    }

    @Test
    void onlyTheApplicationSleeps() {
        noClasses()
                .that()
                .resideOutsideOfPackage(qualified("app"))
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .check(OURS);
    }

    @Test
    void noPackageIsADrawer() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..manager..", "..impl..", "..service..")
                .check(OURS);
    }

    private static boolean isJolokias(JavaClass type) {
        return type.getAllRawInterfaces().stream()
                .anyMatch(port -> port.getPackageName().startsWith("org.jolokia"));
    }

    private static void onlyIn(String pack, DescribedPredicate<? super JavaClass> foreign) {
        noClasses()
                .that()
                .resideOutsideOfPackage(qualified(pack))
                .should()
                .dependOnClassesThat(foreign)
                .check(OURS);
    }

    private static DescribedPredicate<JavaAccess<?>> readsAClock() {
        return describe(
                "it reads a clock",
                access -> WALL_CLOCKS.contains(access.getTarget().getName())
                        && (access.getTargetOwner().isEquivalentTo(System.class)
                                || access.getTargetOwner().getPackageName().startsWith("java.time")));
    }
}
