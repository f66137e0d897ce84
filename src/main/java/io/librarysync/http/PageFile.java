package io.librarysync.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file of the dashboard: our own, or one of the chart library, which comes in a jar of its own. */
record PageFile(String name, String content) {
    private static final String OWN = "io/librarysync/http/page/";
    private static final String CHARTS = "META-INF/resources/webjars/uplot/%s/dist/%s";
    private static final String CHARTS_ABOUT = "META-INF/maven/org.webjars.npm/uplot/pom.properties";
    private static final Map<String, String> OF_CHARTS =
            Map.of("uplot.js", "uPlot.iife.min.js", "uplot.css", "uPlot.min.css");
    private static final Map<String, String> TYPES =
            Map.of("html", Reply.HTML, "js", Reply.SCRIPT, "css", Reply.STYLE, "svg", Reply.IMAGE);
    private static final Pattern INLINE_STYLE = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL);

    /** The file of that name; empty if there is none. */
    static Optional<PageFile> named(String name) {
        String chart = OF_CHARTS.get(name);
        Optional<String> content = chart == null ? read(OWN + name) : ofCharts(chart);
        return content.map(text -> new PageFile(name, text));
    }

    Reply reply() {
        String kind = name.substring(name.lastIndexOf('.') + 1);
        return Reply.of(Objects.requireNonNull(TYPES.get(kind)), content);
    }

    /** What a content security policy calls the one style sheet in this page, so that no other is used. */
    String styleSource() {
        Matcher style = INLINE_STYLE.matcher(content);
        if (!style.find()) {
            throw new IllegalStateException(name + " has no style");
        }
        return "'sha256-" + Base64.getEncoder().encodeToString(sha256(style.group(1))) + "'";
    }

    private static Optional<String> ofCharts(String file) {
        return read(CHARTS_ABOUT).flatMap(about -> read(CHARTS.formatted(version(about), file)));
    }

    private static String version(String about) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(about));
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> read(String resource) {
        try (InputStream in = PageFile.class.getClassLoader().getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
