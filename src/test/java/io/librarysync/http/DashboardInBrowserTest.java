package io.librarysync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.SyncState;
import io.librarysync.jmx.BeansFixture;
import io.librarysync.record.SyncLevels;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.Browser;
import io.librarysync.testing.Browser.Scheme;
import io.librarysync.testing.IdleLink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/**
 * The dashboard in a browser, of a device whose numbers are known. The pictures that it takes are in
 * {@code target/screenshots}; {@code -Dscreenshots.approve=true} puts them into {@code docs/screenshots} too. What it
 * measures is in {@code target/measured}.
 */
@Tag("processes")
class DashboardInBrowserTest {
    private static final List<String> PARTNERS = List.of("desktop", "NAS in the cellar", "phone", "Old MacBook");
    private static final String AWAY = "Old MacBook";
    private static final int CHARTS = 4;
    private static final String TIME = "\\d\\d:\\d\\d:\\d\\d";
    private static final List<String> FIFTY =
            IntStream.rangeClosed(1, 50).mapToObj(i -> "device " + i).toList();
    private static final String LAST_OF_FIFTY = "device 50";

    /** Where numbers of the metrics stand, or words instead of them. */
    private static final String COUNTED =
            "#state, .sync, #summary .value, #peers, #error-line, #errors:not(:has(#error-line)), "
                    + "#lost, #work dd, #models, #devices, #clocks dd";

    private static final double MOST_BYTES = 200_000;
    private static final double NANOS_PER_MILLI = 1e6;

    /** A second; far fewer than the 30 that are due, as a first paint in 300 ms is: a busy machine would fail either by chance. */
    private static final double FEWEST_FRAMES = 10;

    /** A longer one may be cut by the device. */
    private static final int KEPT_OF_A_MESSAGE = 100;

    /** Longer than failures take. */
    private static final Duration BEHIND = Duration.ofSeconds(5);

    private static final Path MEASURED = Path.of("target/measured/dashboard.md");

    private static Browser browser;

    @BeforeAll
    static void open() {
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void whoIsOnlineComesFirst(@TempDir Path directory) throws IOException {
        try (ServedDevice served = served(directory)) {
            visit(served);
            assertThat(browser.text("#top h1")).isEqualTo("laptop");
            assertThat(browser.texts(".peer .name")).containsExactly("desktop", "NAS in the cellar", "phone", AWAY);
            assertThat(browser.texts(".peer.offline .name")).containsExactly(AWAY);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whatIsLeftToDoIsOneItemEachWhateverTheNamesInIt(@TempDir Path directory) throws IOException {
        try (ServedDevice served = new ServedDevice(directory)) {
            served.device.metrics.readLevelsFrom(() -> unheard("phone, the old one", "tablet"));
            visit(served);
            assertThat(browser.texts("#sync li"))
                    .containsExactly(
                            "phone, the old one has not said yet what it has", "tablet has not said yet what it has");
        }
    }

    @Test
    void inSyncIsSaidAsOfAMomentAndAfterwardsSinceWhenItIsNot(@TempDir Path directory) throws IOException {
        try (ServedDevice served = new ServedDevice(directory)) {
            DeviceId peer = new DeviceId(new UUID(0, 1));
            served.device.metrics.readLevelsFrom(() -> ready(IdleLink.to(peer, "desktop", null, 0L)));
            visit(served);
            assertThat(browser.text("#sync")).matches("In sync as of " + TIME);
            served.device.metrics.readLevelsFrom(() -> ready(IdleLink.to(peer, "desktop", null, 90L)));
            browser.awaitText("#sync li", "desktop 90ms behind");
            assertThat(browser.text("#sync p")).matches("Not in sync – last seen in sync at " + TIME);
        }
    }

    @Test
    void theLinkIsFollowedToAnAddressWithoutTheToken(@TempDir Path directory) throws IOException {
        try (ServedDevice served = new ServedDevice(directory)) {
            visit(served);
            assertThat(browser.address()).isEqualTo("http://" + served.host() + "/");
            assertThat(browser.script("return document.cookie")).isEqualTo("");
        }
    }

    @Test
    void aWrongTokenShowsHowToGetIn(@TempDir Path directory) throws IOException {
        try (ServedDevice served = new ServedDevice(directory)) {
            browser.visit(URI.create("http://" + served.host() + "/?token=0123"));
            assertThat(browser.text("pre")).isEqualTo("sd status --data DIR");
        }
    }

    @Test
    void nothingIsMadeUpWhereNothingIsKnown(@TempDir Path directory) throws IOException {
        try (ServedDevice served = new ServedDevice(directory)) {
            visit(served);
            List<String> peer = browser.texts(".peer dd");
            assertThat(List.of(peer.get(0), peer.get(2), peer.get(3))).containsExactly("never", "–", "–");
            assertThat(browser.text("#lag-now")).isEqualTo("–");
            assertThat(browser.text("#clocks dd")).isNotEqualTo("–");
            assertThat(browser.texts("#clocks .pairs dd").subList(4, 7)).containsExactly("–", "–", "–");
        }
    }

    @Test
    void whileMetricsAreOffNothingOfThemIsShownAndNothingIsZero(@TempDir Path directory) throws IOException {
        DayOfSync day = day();
        try (ServedDevice served = new ServedDevice(directory, day.device)) {
            visit(served);
            range("24 h");
            List<String> lines = browser.texts("#charts .legend .name");
            day.device.metrics.disable(day.device.history);
            await().until(() -> browser.text("#notices").contains("Metrics are disabled on this device"));
            assertThat(browser.texts(COUNTED)).hasSizeGreaterThan(40).containsOnly("–");
            assertThat(browser.texts("#events li")).isNotEmpty();
            assertThat(browser.texts("#charts .legend .name")).containsExactlyInAnyOrderElementsOf(lines);
            assertThat(browser.texts("#charts .legend .number").toString()).matches(".*[1-9].*");
            day.device.metrics.enable(day.device.history);
            browser.awaitText("#lost", "Nothing was lost.");
            browser.awaitText("#notices", "");
        }
    }

    static Stream<String> hostileNames() {
        return Stream.of(
                "<script>window.hacked=1</script>",
                "\"><img src=x onerror=window.hacked=1>",
                "'; window.hacked=1; '",
                "\u202Egnp.exe\u202C and \u2067right to left",
                "</bdi></title><svg onload=window.hacked=1>",
                "a\u0000\u0007b\u2028c",
                "x".repeat(10_000));
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void aNameIsTextWhateverIsInIt(String name, @TempDir Path directory) throws IOException {
        try (ServedDevice served = new ServedDevice(directory, BeansFixture.named(name))) {
            SyncRecorder recorder = served.device.metrics.recorder();
            DeviceId peer = new DeviceId(new UUID(0, 1));
            recorder.peerKnown(peer, name);
            recorder.broadcastFailed(peer, new Fault("unreachable", name));
            String error = served.get("/api/sync/metrics")
                    .json()
                    .at("/errors/recent_errors/0/message")
                    .textValue();
            assertThat(error).startsWith(name.substring(0, Math.min(name.length(), KEPT_OF_A_MESSAGE)));
            String event = served.get("/api/sync/events?limit=1")
                    .json()
                    .at("/0/summary")
                    .textValue();
            assertThat(event).contains(error);
            visit(served);
            browser.awaitText("#events .tag", "sync error");
            browser.size(360, 800);
            Map.of(
                            "#top h1 .name", name,
                            "#top p .name", name,
                            ".peer .name", name,
                            ".errors .whole", error,
                            "#events .whole", event)
                    .forEach(DashboardInBrowserTest::assertShown);
            assertThat(browser.script("return window.hacked ?? null")).isNull();
            assertThat(browser.script("return document.documentElement.scrollWidth - innerWidth"))
                    .isEqualTo(0L);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whatIsPutIntoThePageBySomeoneElseIsNotRun(@TempDir Path directory) throws IOException {
        try (ServedDevice served = new ServedDevice(directory)) {
            visit(served);
            assertThat(
                            browser.script(
                                    """
                            try { document.body.innerHTML = '<img src=x onerror=window.hacked=1>'; return 'taken'; }
                            catch (refused) { return refused.name; }"""))
                    .isEqualTo("TypeError");
            assertThat(
                            browser.script(
                                    """
                            try { document.body.setAttribute('onclick', 'window.hacked = 1'); return 'taken'; }
                            catch (refused) { return refused.name; }"""))
                    .isEqualTo("TypeError");
            browser.script("document.body.setAttribute('style', 'display: none')");
            assertThat(browser.script("return window.hacked ?? getComputedStyle(document.body).display"))
                    .isEqualTo("block");
        }
    }

    @Test
    void anOperationIsCalledAfterAConfirmationOnly(@TempDir Path directory) throws IOException {
        try (ServedDevice served = new ServedDevice(directory)) {
            visit(served);
            browser.click("#pause");
            assertThat(browser.text("dialog h2")).isEqualTo("Pause sync on this device?");
            browser.pressEscape();
            assertThat(browser.script("return document.activeElement.id")).isEqualTo("pause");
            browser.click("#pause");
            browser.press("\n");
            assertThat(browser.find("dialog").isDisplayed()).isFalse();
            assertThat(served.sync.calls).isEmpty();
            browser.click("#pause");
            browser.click("#confirm");
            browser.awaitText("#notices .good", "Sync is paused.");
            assertThat(served.sync.calls).containsExactly("pause");
            browser.click("#reset");
            browser.click("#confirm");
            browser.awaitText("#notices .good", "The counters begin anew.");
            browser.awaitText("#applied", "0");
        }
    }

    @Test
    void aSnapshotIsStoredAndAPauseEnded(@TempDir Path directory) throws IOException {
        try (ServedDevice served = new ServedDevice(directory)) {
            served.device.metrics.recorder().stateChanged(SyncState.READY, SyncState.PAUSED, "asked to");
            served.device.metrics.readLevelsFrom(
                    () -> new SyncLevels(SyncState.PAUSED, null, null, Map.of(), null, 0, List.of()));
            visit(served);
            assertThat(browser.texts("#top button")).containsExactly("Snapshot", "Reset", "Resume");
            browser.click("#snapshot");
            browser.click("#confirm");
            await().until(() -> browser.text("#notices .good").matches("Snapshot \\d+ is stored\\."));
            String id = browser.text("#notices .good").replaceAll("\\D", "");
            assertThat(served.device.store.find(Long.parseLong(id))).isPresent();
            browser.click("#resume");
            browser.click("#confirm");
            browser.awaitText("#notices .good", "Sync goes on.");
            assertThat(served.sync.calls).containsExactly("resume");
        }
    }

    @Test
    void theArrowKeysMoveThroughAChart(@TempDir Path directory) throws IOException {
        try (ServedDevice served = served(directory)) {
            visit(served);
            range("24 h");
            List<String> latest = browser.texts("#traffic-legend .number");
            browser.script("document.getElementById('traffic').focus()");
            browser.press(Keys.ARROW_RIGHT);
            await().until(() -> browser.text("#traffic-caption .when").matches(".*" + TIME));
            String last = browser.text("#traffic-caption .when");
            assertThat(browser.texts("#traffic-legend .number")).containsExactly(latest.get(0), latest.get(2));
            browser.press(Keys.ARROW_LEFT);
            await().until(() -> !browser.text("#traffic-caption .when").equals(last));
            assertThat(browser.text("#traffic-caption .when")).isLessThan(last);
            assertThat(browser.texts("#traffic-legend .number"))
                    .hasSize(2)
                    .isNotEqualTo(List.of(latest.get(0), latest.get(2)));
            browser.script("document.activeElement.blur()");
            browser.awaitText("#traffic-caption .when", "latest and highest");
        }
    }

    @Test
    void theTabKeyGoesThroughThePageInItsOrderAndShowsWhereItIs(@TempDir Path directory) throws IOException {
        try (ServedDevice served = served(directory)) {
            visit(served);
            range("24 h");
            browser.script(
                    "window.usable = [...document.querySelectorAll(arguments[0])]"
                            + ".filter(element => element.checkVisibility())",
                    "a[href], button, input, select, [tabindex='0']");
            int usable = Integer.parseInt(String.valueOf(browser.script("return usable.length")));
            assertThat(usable).isGreaterThan(15);
            for (int stop = 0; stop < usable; stop++) {
                browser.press(Keys.TAB);
                assertThat(browser.script("return usable.indexOf(document.activeElement)"))
                        .as("stop %d: %s", stop, browser.script("return document.activeElement.outerHTML"))
                        .isEqualTo((long) stop);
                assertThat(browser.script("return getComputedStyle(document.activeElement).outlineStyle"))
                        .as("outline of stop %d", stop)
                        .isNotEqualTo("none");
            }
        }
    }

    @Test
    void whateverCanBeUsedOrIsDrawnHasAName(@TempDir Path directory) throws IOException {
        try (ServedDevice served = served(directory)) {
            visit(served);
            range("Custom");
            browser.click("#events li .link");
            String named = "button, input, select, progress, [role=img], [role=group], section";
            await().until(() -> browser.texts("[role=img]").size() == CHARTS);
            assertThat(browser.accessibleNames(named)).hasSizeGreaterThan(30).noneMatch(String::isBlank);
            browser.click("#reset");
            assertThat(browser.accessibleNames("dialog, dialog button"))
                    .containsExactly("Start all counters anew?", "Cancel", "Reset");
        }
    }

    @Test
    void errorsAreNewestFirstAndFiltered(@TempDir Path directory) throws IOException {
        try (ServedDevice served = served(directory)) {
            visit(served);
            assertThat(browser.texts(".errors .tag"))
                    .containsExactly("other", "apply", "network", "network", "network");
            browser.find("#filters select[aria-label=Type]").sendKeys("network");
            await().until(() -> browser.texts(".errors .tag").equals(List.of("network", "network", "network")));
            browser.find("#filters input").sendKeys("nothing like it");
            await().until(() -> browser.texts(".errors .tag").isEmpty());
            assertThat(browser.text("#error-line")).endsWith(", 0 of 5 shown");
            assertThat(browser.texts("#lost li")).singleElement().asString().startsWith("1messages given up");
        }
    }

    @Test
    void eventsAreShownAsTheyHappenAndBySession(@TempDir Path directory) throws IOException {
        DayOfSync day = day();
        try (ServedDevice served = new ServedDevice(directory, day.device)) {
            visit(served);
            browser.awaitText("#events li:last-child .tag", "state transition");
            int before = browser.texts("#events li").size();
            browser.click("#events li .link");
            assertThat(browser.texts("#events li .tag"))
                    .containsExactly("backfill session completed", "batch ingestion", "backfill session started");
            browser.click("#choice button");
            day.fail(AWAY);
            browser.awaitText("#events li:first-child .tag", "retry exhausted");
            assertThat(browser.texts("#events li")).hasSize(before + 6);
        }
    }

    @Test
    void aDeviceThatIsGoneIsMissedAndItsNumbersAreNotCalledLive(@TempDir Path directory) throws IOException {
        ServedDevice served = new ServedDevice(directory);
        visit(served);
        served.close();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.text("#connection").startsWith("No answer"));
        assertThat(browser.text("#lost-connection")).contains("has not answered since", "What you see is of");
        assertThat(browser.text("#applied")).isEqualTo("8");
    }

    @Test
    void fiftyPartnersAndADayOfHistoryAreDrawnFromLittleAndWithoutAStutter(@TempDir Path directory) throws IOException {
        try (ServedDevice served =
                new ServedDevice(directory, DayOfSync.with(Instant.now(), FIFTY, List.of(LAST_OF_FIFTY)).device)) {
            browser.size(1400, 1000);
            visit(served); // warms up the server
            double[] painted = IntStream.range(0, 5)
                    .mapToDouble(i -> firstPaint(served))
                    .sorted()
                    .toArray();
            double bytes = number(
                    """
                    const loaded = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
                    return loaded.filter(entry => !['fetch', 'xmlhttprequest', 'other'].includes(entry.initiatorType))
                        .reduce((sum, entry) => sum + entry.transferSize, 0);""");
            assertThat(browser.texts(".peer")).hasSize(50);
            long asked = System.nanoTime();
            range("24 h");
            double charted = (System.nanoTime() - asked) / NANOS_PER_MILLI;
            double frames = browser.measure(
                    """
                    const done = arguments[0];
                    const began = performance.now();
                    let frames = 0;
                    requestAnimationFrame(function frame() {
                      frames++;
                      scrollTo(0, (frames * 20) % document.documentElement.scrollHeight);
                      const seconds = (performance.now() - began) / 1000;
                      seconds < 5 ? requestAnimationFrame(frame) : done(frames / seconds);
                    });""");
            Files.createDirectories(MEASURED.getParent());
            Files.writeString(
                    MEASURED,
                    """
                    | 50 partners and a day of history in Chromium | |
                    |---|---|
                    | the page and what it is made of, transferred | %,.0f bytes |
                    | first paint on loopback, median of five and the longest | %,.0f and %,.0f ms |
                    | charts of 24 hours, from the click on | %,.0f ms |
                    | frames a second while it scrolls and is updated | %.0f |
                    """
                            .formatted(bytes, painted[2], painted[4], charted, frames));
            assertThat(bytes).isBetween(1.0, MOST_BYTES);
            assertThat(painted[0]).isPositive();
            assertThat(frames).isGreaterThan(FEWEST_FRAMES);
        }
    }

    @Test
    void itIsNeverWiderThanTheScreenWhateverIsInIt(@TempDir Path directory) throws IOException {
        DayOfSync day = DayOfSync.with(Instant.now(), FIFTY, List.of(LAST_OF_FIFTY));
        day.fail(LAST_OF_FIFTY);
        try (ServedDevice served = new ServedDevice(directory, day.device)) {
            for (int width : List.of(360, 800, 1440, 3840)) {
                browser.size(width, width / 2);
                visit(served);
                range("15 min");
                assertThat(browser.texts(".peer")).hasSize(FIFTY.size());
                assertThat(browser.texts(".errors li")).isNotEmpty();
                assertThat(browser.script("return document.documentElement.scrollWidth - innerWidth"))
                        .as("at %s pixels", width)
                        .isEqualTo(0L);
            }
        }
    }

    @Test
    void picturesOfItAreTaken(@TempDir Path directory) throws IOException {
        DayOfSync day = day();
        try (ServedDevice served = new ServedDevice(directory, day.device)) {
            visit(served);
            range("24 h");
            picture("dashboard-light", 1440, 1300, Scheme.LIGHT, day);
            picture("dashboard-dark", 1440, 1300, Scheme.DARK, day);
            picture("dashboard-phone", 360, 800, Scheme.DARK, day);
            day.fail(AWAY);
            browser.awaitText("#error-count", "5");
            picture("dashboard-errors", 1440, 1640, Scheme.DARK, day);
            assertThat(day.device.clock.millis()).isLessThanOrEqualTo(System.currentTimeMillis());
        }
    }

    /** Partners that have not said yet what they have. */
    private static SyncLevels unheard(String... names) {
        return ready(IntStream.range(0, names.length)
                .mapToObj(i -> IdleLink.to(new DeviceId(new UUID(0, i)), names[i], null, null))
                .toArray(SyncLevels.Link[]::new));
    }

    private static SyncLevels ready(SyncLevels.Link... links) {
        return new SyncLevels(SyncState.READY, null, null, Map.of(), null, 0, List.of(links));
    }

    /** As text, and whole in the tooltip. */
    private static void assertShown(String place, String text) {
        assertThat(browser.texts(place)).as(place).containsExactly(text);
        assertThat(browser.find(place).getDomAttribute("title")).as(place).isEqualTo(text);
    }

    private static double firstPaint(ServedDevice served) {
        visit(served);
        return number(
                "return performance.getEntriesByName('first-contentful-paint').map(paint => paint.startTime)[0] ?? 0");
    }

    private static double number(String script) {
        return ((Number) Objects.requireNonNull(browser.script(script))).doubleValue();
    }

    private static ServedDevice served(Path directory) throws IOException {
        DayOfSync day = day();
        day.fail(AWAY);
        return new ServedDevice(directory, day.device);
    }

    private static DayOfSync day() {
        return DayOfSync.with(there(), PARTNERS, List.of(AWAY));
    }

    /** How late it is on the device: a little less than here, so that what takes it seconds does not lie in the future. */
    private static Instant there() {
        return Instant.now().minus(BEHIND);
    }

    private static void visit(ServedDevice served) {
        served.device.beans.refresh();
        browser.visit(BrowserPass.link(URI.create("http://" + served.host()), served.token));
        browser.awaitText("#connection > span:nth-child(2)", "Live");
    }

    /** Chooses a range of the charts and waits until they show it. */
    private static void range(String label) {
        browser.script(
                "[...document.querySelectorAll('#range button')].find(button => button.textContent === arguments[0]).click()",
                label);
        await().until(() -> browser.text("#range [aria-pressed=true]").equals(label));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> browser.texts("#charts[aria-busy=false] canvas").size() == CHARTS);
    }

    /** Waits for a reading that something happened before, and takes a picture of that. */
    private static void picture(String name, int width, int height, Scheme scheme, DayOfSync day) throws IOException {
        browser.size(width, height);
        browser.prefer(scheme);
        browser.script("scrollTo(0, 0)");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            day.goOnTo(there());
            return browser.text("#bytes-in").matches(".*[1-9].*");
        });
        browser.screenshot(Path.of("target/screenshots", name + ".png"));
        if (Boolean.getBoolean("screenshots.approve")) {
            browser.screenshot(Path.of("docs/screenshots", name + ".png"));
        }
    }
}
