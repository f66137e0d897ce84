package io.librarysync.http;

import com.sun.net.httpserver.HttpExchange;
import io.librarysync.export.ScreenStyle;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/sync/why}: why a record is, or is not, on every device. */
final class WhyApi {
    private static final Logger LOG = LoggerFactory.getLogger(WhyApi.class);
    private static final Set<String> KNOWN = Set.of("of", "zone", "color", "ascii");

    private final DeviceServer.Status status;

    WhyApi(DeviceServer.Status status) {
        this.status = status;
    }

    void why(HttpExchange exchange) throws IOException {
        boolean text = SyncApi.preferred(exchange, SyncApi.JSON, SyncApi.TEXT).equals(SyncApi.TEXT);
        SyncApi.answer(exchange, KNOWN, parameters -> answer(parameters, text));
    }

    private Reply answer(Parameters parameters, boolean text) {
        String of = parameters.one("of");
        if (of == null) {
            throw new IllegalArgumentException("of: name a record by its uuid, an absolute path or tag:NAME");
        }
        ScreenStyle style = SyncApi.style(parameters);
        try {
            DeviceServer.Account why = status.why(of, style.zone());
            return text ? Reply.text(why.screen(style)) : Reply.json(why.json());
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("why {} could not be answered", of, e);
            return Reply.error(Reply.UNAVAILABLE, "it cannot be said now: " + e.getMessage());
        }
    }
}
