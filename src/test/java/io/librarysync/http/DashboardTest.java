package io.librarysync.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.http.ServedDevice.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardTest {
    private static final String AS_A_BROWSER =
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final Pattern COOKIE =
            Pattern.compile("Set-cookie: (([^=]+)=([^;]+); .*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"|from '\\./([a-z]+\\.js)'");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"'<>)]+");
    private static final int LARGEST_PAGE = 200_000;

    private ServedDevice served;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        served = new ServedDevice(directory);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void theLinkHandsOutACookieAndLeadsToThePageWithoutTheToken() {
        Answer answer = follow(served.token);
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.head().lines()).contains("Location: /");
        assertThat(cookieLine(answer)).endsWith("; Path=/; HttpOnly; SameSite=Strict");
        assertThat(answer.head() + answer.body()).doesNotContain(served.token);
    }

    @Test
    void theCookieOpensThePageAndWhatItReads() {
        String cookie = cookie();
        for (String path : List.of("/", "/page/main.js", "/api/sync/history?metric=bytes_sent", "/api/sync/partners")) {
            assertThat(bare("GET", path, "", cookie).status()).as(path).isEqualTo(200);
        }
        assertThat(bare("GET", "/", "", "Cookie: theme=dark; " + cookie.substring("Cookie: ".length()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anOldLinkLeadsToThePageWhoeverIsInAlready() {
        assertThat(bare("GET", "/?token=0f", "", cookie()).status()).isEqualTo(303);
    }

    @Test
    void aCookieOfAnotherDeviceOrNoneIsRefused() {
        String cookie = cookie();
        for (String wrong : List.of(
                cookie.replaceFirst("-\\d", "-x"),
                cookie + "0",
                cookie.replaceFirst("=.*", "=" + served.token),
                "Cookie: ")) {
            assertThat(bare("GET", "/api/sync/partners", "", wrong).status())
                    .as(wrong)
                    .isEqualTo(401);
        }
    }

    @Test
    void theCookieAloneDoesNotReachOperationsFromAPageOfAnotherPort() {
        String request = "{\"type\": \"version\"}";
        String cookie = cookie();
        assertThat(bare("POST", "/jolokia/", request, cookie, "Origin: http://" + served.host())
                        .status())
                .isEqualTo(200);
        assertThat(bare("POST", "/jolokia/", request, cookie).status()).isEqualTo(401);
        assertThat(bare("GET", "/jolokia/version", "", cookie, "Sec-Fetch-Site: same-site")
                        .status())
                .isEqualTo(401);
        assertThat(bare("POST", "/jolokia/", request, cookie, "Origin: http://127.0.0.1:1")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?token=0f", "/?token=", "/page/main.js", "/nothing"})
    void whoeverMayNotComeInIsToldHowTo(String path) {
        Answer page = bare("GET", path, "", AS_A_BROWSER);
        assertThat(page.status()).isEqualTo(401);
        assertThat(page.head()).contains("text/html").doesNotContain("Basic");
        assertThat(page.body()).contains("sd status --data DIR", "http.token").doesNotContain("laptop", served.token);
        assertThat(bare("GET", path, "").json().path("error").textValue()).contains("token");
    }

    @Test
    void theStyleOfThatPageIsTheOnlyThingItMayUse() {
        assertThat(bare("GET", "/", "", AS_A_BROWSER).head())
                .containsPattern(
                        "Content-security-policy: default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; ");
    }

    @Test
    void thePageMayUseItsOwnFilesAndNothingElse() {
        String policy = "Content-security-policy: default-src 'self'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'; require-trusted-types-for 'script'";
        files().forEach((path, file) ->
                assertThat(file.head().lines()).as(path).contains(policy, "X-content-type-options: nosniff"));
    }

    @Test
    void everyFileThatThePageNamesIsThere() {
        Map<String, Answer> files = files();
        assertThat(files)
                .hasSizeGreaterThan(10)
                .containsKeys("/", "/page/uplot.js", "/page/uplot.css", "/page/icon.svg");
        files.forEach((path, file) -> assertThat(file.status()).as(path).isEqualTo(200));
    }

    @Test
    void allOfItIsUnder200Kilobytes() {
        assertThat(files().values().stream()
                        .mapToInt(file -> file.body().getBytes(StandardCharsets.UTF_8).length)
                        .sum())
                .isLessThan(LARGEST_PAGE);
    }

    @Test
    void nothingInItIsRunOrStyledInline() {
        assertThat(served.get("/").body())
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|javascript:");
    }

    @Test
    void noFileOfOursNamesAnotherHost() {
        files().forEach((path, file) -> {
            if (!path.contains("uplot")) {
                assertThat(ADDRESS.matcher(file.body()).results().map(MatchResult::group))
                        .as(path)
                        .isSubsetOf("http://www.w3.org/2000/svg");
            }
        });
    }

    /** The page and all that it names, and all that these name. */
    private Map<String, Answer> files() {
        Map<String, Answer> files = new LinkedHashMap<>();
        Deque<String> wanted = new ArrayDeque<>(List.of("/"));
        while (!wanted.isEmpty()) {
            String path = wanted.pop();
            if (files.containsKey(path)) {
                continue;
            }
            Answer file = served.get(path);
            files.put(path, file);
            NAMED.matcher(file.body())
                    .results()
                    .forEach(name -> wanted.push(name.group(1) == null ? "/page/" + name.group(2) : name.group(1)));
        }
        return files;
    }

    private Answer follow(String token) {
        URI link = BrowserPass.link(URI.create("http://" + served.host()), token);
        return bare("GET", link.getRawPath() + '?' + link.getRawQuery(), "");
    }

    private String cookie() {
        return "Cookie: " + cookieLine(follow(served.token)).replaceFirst(";.*", "");
    }

    private static String cookieLine(Answer answer) {
        return COOKIE.matcher(answer.head()).results().findFirst().orElseThrow().group(1);
    }

    private Answer bare(String method, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Host: " + served.host()));
        all.addAll(List.of(headers));
        return served.bare(method, path, body, all);
    }
}
