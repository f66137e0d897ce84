package io.librarysync.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One call of the bridge, single or bulk: what no policy file can refuse is refused here. These are scripts from other pages
 * ({@code callback}) and connections to other processes ({@code target}).
 *
 * @param refusal why the call is refused; null if it is not
 * @param onlyReads whether it reads beans and does nothing else
 */
record JolokiaRequest(@Nullable Reply refusal, boolean onlyReads) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String READ = "read";

    static JolokiaRequest of(URI uri, byte[] body) {
        if (!Parameters.of(uri).all("callback").isEmpty()) {
            return refused("callback is refused: answers are JSON, not scripts");
        }
        return body.length == 0 ? ofPath(uri) : ofBody(body);
    }

    private static JolokiaRequest ofPath(URI uri) {
        List<String> types = new ArrayList<>(Parameters.of(uri).all("p"));
        types.add(uri.getPath().substring(JolokiaBridge.CONTEXT.length()));
        List<String> words = types.stream()
                .map(JolokiaRequest::firstWord)
                .filter(word -> !word.isEmpty())
                .toList();
        return new JolokiaRequest(null, !words.isEmpty() && words.stream().allMatch(READ::equals));
    }

    private static JolokiaRequest ofBody(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            return ofRequests(json.isArray() ? json.valueStream().toList() : List.of(json));
        } catch (IOException e) {
            return new JolokiaRequest(Reply.error(Reply.BAD_REQUEST, "the request is not JSON"), false);
        }
    }

    private static JolokiaRequest ofRequests(List<JsonNode> requests) {
        if (requests.stream().anyMatch(request -> request.has("target"))) {
            return refused("target is refused: this bridge speaks for its own process only");
        }
        List<String> types = requests.stream().map(JolokiaRequest::typeOf).toList();
        return new JolokiaRequest(null, types.stream().allMatch(READ::equals));
    }

    private static String typeOf(JsonNode request) {
        return request.path("type").asText().toLowerCase(Locale.ROOT);
    }

    private static String firstWord(String path) {
        return path.replaceFirst("^/+", "").replaceFirst("/.*", "").toLowerCase(Locale.ROOT);
    }

    private static JolokiaRequest refused(String why) {
        return new JolokiaRequest(Reply.error(Reply.FORBIDDEN, why), false);
    }
}
