package io.librarysync.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window. On a machine that has none, the test that opens it is skipped. */
public final class Browser implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(100);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** What the person in front of it prefers. */
    public enum Scheme {
        LIGHT,
        DARK
    }

    public static Browser open() {
        Optional<Path> chromium = program("chromium");
        Optional<Path> chromedriver = program("chromedriver");
        assumeTrue(
                chromium.isPresent() && chromedriver.isPresent(),
                "needs the Debian packages chromium and chromium-driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toFile());
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=en-GB");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.WARNING);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        return new Browser(new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver.orElseThrow().toFile())
                        .build(),
                options));
    }

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a page in a browser that knows no cookie and has complained of nothing. */
    public void visit(URI address) {
        follow(URI.create("about:blank"));
        driver.manage().deleteAllCookies();
        complaints();
        follow(address);
    }

    /** Opens a page with the cookies that it has. */
    public void follow(URI address) {
        driver.get(address.toString());
    }

    public String address() {
        return driver.getCurrentUrl();
    }

    public void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    public void prefer(Scheme scheme) {
        String value = scheme == Scheme.DARK ? "dark" : "light";
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", value))));
    }

    /** The text of the first element that a selector finds; empty if there is none, or if it goes away just then. */
    public String text(String selector) {
        return String.valueOf(
                script("return document.querySelector(arguments[0])?.textContent.trim() ?? ''", selector));
    }

    public List<String> texts(String selector) {
        Object found = script(
                "return [...document.querySelectorAll(arguments[0])].map(element => element.textContent.trim())",
                selector);
        return ((List<?>) Objects.requireNonNull(found))
                .stream().map(String::valueOf).toList();
    }

    /** What a screen reader calls each of the elements that a selector finds. */
    public List<String> accessibleNames(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getAccessibleName)
                .toList();
    }

    /** Waits until an element shows a text. */
    public void awaitText(String selector, String text) {
        await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(POLL).until(() -> text(selector), text::equals);
    }

    public WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    public void click(String selector) {
        find(selector).click();
    }

    /** Presses keys wherever the focus is. */
    public void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    public void pressEscape() {
        press(Keys.ESCAPE);
    }

    public @Nullable Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Runs a script that ends by calling its only argument with a number. */
    public double measure(String script) {
        return ((Number) Objects.requireNonNull(driver.executeAsyncScript(script))).doubleValue();
    }

    /** What the browser complained of since it was last asked. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getMessage())
                .toList();
    }

    public void screenshot(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
