package io.librarysync.http;

import com.sun.net.httpserver.HttpExchange;
import io.librarysync.export.PartnersJson;
import io.librarysync.export.PartnersScreen;
import io.librarysync.export.ScreenStyle;
import io.librarysync.export.SnapshotJson;
import io.librarysync.history.MetricsHistory;
import io.librarysync.history.Window;
import io.librarysync.jmx.MetricsQuery;
import io.librarysync.metrics.PartnerSnapshot;
import io.librarysync.metrics.SyncMetrics;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /api/sync}: metrics and partners, as JSON or as the screens of the command line. */
final class SyncApi {
    private static final Set<String> STYLE = Set.of("zone", "color", "ascii", "limit");
    private static final Set<String> METRICS = Stream.concat(
                    STYLE.stream(), Stream.of("since", "until", "window", "peer", "model", "category", "trend"))
            .collect(Collectors.toUnmodifiableSet());
    static final String JSON = "application/json";
    static final String TEXT = "text/plain";
    static final String HTML = "text/html";
    private static final int MOST_ERRORS = 100;
    private static final Pattern NONE = Pattern.compile(";\\s*q=0(\\.0*)?\\s*(;|$)");

    private final SyncMetrics metrics;
    private final MetricsHistory history;
    private final Supplier<List<String>> whyAlone;
    private final Supplier<Instant> now;

    /**
     * Answers out of the metrics and their history.
     *
     * @param whyAlone the likely reasons why no partner is online, if none is
     */
    SyncApi(SyncMetrics metrics, MetricsHistory history, Supplier<List<String>> whyAlone, Supplier<Instant> now) {
        this.metrics = metrics;
        this.history = history;
        this.whyAlone = whyAlone;
        this.now = now;
    }

    void metrics(HttpExchange exchange) throws IOException {
        answer(exchange, METRICS, parameters -> {
            ScreenStyle style = style(parameters);
            MetricsQuery query = new MetricsQuery(
                    window(parameters, style.zone()),
                    parameters.one("peer"),
                    parameters.one("model"),
                    parameters.all("category"));
            return wantsText(exchange)
                    ? Reply.text(screen(query, style, parameters.flag("trend")))
                    : Reply.json(SnapshotJson.pretty(query.answer(history)));
        });
    }

    private String screen(MetricsQuery query, ScreenStyle style, boolean trend) {
        return trend ? query.screenWithTrend(history, style) : query.screen(history, style);
    }

    void partners(HttpExchange exchange) throws IOException {
        answer(exchange, STYLE, parameters -> {
            List<PartnerSnapshot> partners = metrics.partners();
            List<String> reasons = partners.isEmpty() ? whyAlone.get() : List.of();
            ScreenStyle style = style(parameters);
            return wantsText(exchange)
                    ? Reply.text(PartnersScreen.render(now.get(), partners, reasons, style))
                    : Reply.json(PartnersJson.tree(now.get(), partners, reasons)
                            .put("enabled", metrics.isEnabled())
                            .toPrettyString());
        });
    }

    /** What a path answers to its parameters. */
    interface Answer {
        Reply to(Parameters parameters);
    }

    static void answer(HttpExchange exchange, Set<String> known, Answer answer) throws IOException {
        reply(exchange, known, answer).send(exchange);
    }

    private static Reply reply(HttpExchange exchange, Set<String> known, Answer answer) {
        if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            return Reply.error(Reply.METHOD_NOT_ALLOWED, "only GET is answered here");
        }
        try {
            return answer.to(Parameters.of(exchange.getRequestURI()).only(known));
        } catch (IllegalArgumentException e) {
            return Reply.error(Reply.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    /** Whether text comes before JSON among what the client accepts. */
    private static boolean wantsText(HttpExchange exchange) {
        return preferred(exchange, JSON, TEXT).equals(TEXT);
    }

    /** The media type that the client names first among those offered; the first offered if it names none. */
    static String preferred(HttpExchange exchange, String... offered) {
        return accepted(exchange.getRequestHeaders().getFirst("Accept")).stream()
                .filter(List.of(offered)::contains)
                .findFirst()
                .orElse(offered[0]);
    }

    /** The media types of the header in its order, without those of quality 0. */
    private static List<String> accepted(@Nullable String header) {
        return header == null
                ? List.of()
                : Stream.of(header.toLowerCase(Locale.ROOT).split(","))
                        .filter(range -> !NONE.matcher(range).find())
                        .map(range -> range.replaceFirst(";.*", "").strip())
                        .toList();
    }

    private Window window(Parameters parameters, ZoneId zone) {
        String since = parameters.one("since");
        String until = parameters.one("until");
        String window = parameters.one("window");
        if (window == null) {
            return Window.between(since, until, now.get(), zone);
        }
        if (since != null || until != null) {
            throw new IllegalArgumentException("window: it names a begin and an end; leave out since and until");
        }
        return Window.parse(window, now.get(), zone);
    }

    static ScreenStyle style(Parameters parameters) {
        return style(parameters, limit(parameters));
    }

    /** Where {@code limit} is the number of something else than errors. */
    static ScreenStyle styleWithoutLimit(Parameters parameters) {
        return style(parameters, ScreenStyle.PLAIN.recentErrors());
    }

    private static ScreenStyle style(Parameters parameters, int errors) {
        return new ScreenStyle(zone(parameters), parameters.flag("color"), !parameters.flag("ascii"), errors);
    }

    private static ZoneId zone(Parameters parameters) {
        String zone = parameters.one("zone");
        if (zone == null) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone: no time zone is called \"" + zone + "\"; try Europe/Berlin", e);
        }
    }

    private static int limit(Parameters parameters) {
        String limit = parameters.one("limit");
        if (limit == null) {
            return ScreenStyle.PLAIN.recentErrors();
        }
        if (!limit.matches("\\d{1,3}") || Integer.parseInt(limit) > MOST_ERRORS) {
            throw new IllegalArgumentException("limit: 0 to " + MOST_ERRORS + ", found \"" + limit + "\"");
        }
        return Integer.parseInt(limit);
    }
}
