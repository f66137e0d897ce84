package io.librarysync.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The page at {@code /}: files out of the jar that load nothing but each other and ask nobody but this server, which the
 * headers sent with them make sure of. What the page shows, it reads from the same paths as everybody.
 */
final class Dashboard {
    static final String HOME = "/";

    private static final String FILES = "/page/";
    private static final Pattern FILE = Pattern.compile(Pattern.quote(FILES) + "[a-z]+\\.(?:js|css|svg)");
    private static final String NOTHING_ELSE =
            "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private Dashboard() {}

    /** Whether a path is the page or could be one of its files. */
    static boolean has(String path) {
        return path.equals(HOME) || FILE.matcher(path).matches();
    }

    static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        SyncApi.answer(exchange, Set.of(), parameters -> file(path)
                .map(file -> guarded(file, "default-src 'self'"))
                .orElseGet(() -> Reply.error(Reply.NOT_FOUND, "there is nothing here")));
    }

    /** How to get in, for people; a refusal all the same. */
    static Reply locked() {
        PageFile page = PageFile.named("locked.html").orElseThrow();
        return guarded(page, "default-src 'none'; style-src " + page.styleSource())
                .withStatus(Reply.UNAUTHORIZED);
    }

    private static Optional<PageFile> file(String path) {
        return PageFile.named(path.equals(HOME) ? "index.html" : path.substring(FILES.length()));
    }

    private static Reply guarded(PageFile file, String sources) {
        return file.reply()
                .withHeader("Content-Security-Policy", sources + NOTHING_ELSE)
                .withHeader("Referrer-Policy", "no-referrer");
    }
}
