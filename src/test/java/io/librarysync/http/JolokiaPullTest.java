package io.librarysync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.domain.DeviceId;
import io.librarysync.jmx.BeansFixture;
import io.librarysync.jmx.FetchingListeners;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notifications by Jolokia's protocol, as its clients ask for them. */
class JolokiaPullTest {
    private static final String CONTROL =
            "io.librarysync:type=Control,library=" + BeansFixture.LIBRARY + ",name=Metrics";
    private static final String CONNECTED = "io.librarysync.peer_connected";
    private static final String DISCONNECTED = "io.librarysync.peer_disconnected";
    private static final String STORE = "jolokia:type=NotificationStore";
    private static final DeviceId PEER = new DeviceId(new UUID(1, 2));

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
    void whatHappensWaitsUntilItIsFetchedAndIsToldOnce() {
        String client = register().path("id").textValue();
        String handle = add(client, CONTROL, "").path("value").textValue();
        connect(3);
        List<JsonNode> told = fetchAll(client, handle, 6);
        assertThat(told.stream().map(one -> one.path("type").textValue()))
                .containsExactly(CONNECTED, DISCONNECTED, CONNECTED, DISCONNECTED, CONNECTED, DISCONNECTED);
        assertThat(told.get(0).path("userData").textValue()).contains("\"peer_id\":\"" + PEER);
        assertThat(told.get(0).path("source").path("objectName").textValue()).contains("type=Control", "name=Metrics");
        assertThat(fetch(client, handle).path("value").path("notifications")).isEmpty();
    }

    @Test
    void whatItRegistersForSaysWhereToFetch() {
        JsonNode store = register().path("backend").path("pull");
        assertThat(store.path("maxEntries").intValue()).isEqualTo(FetchingListeners.CAPACITY);
        assertThat(store.path("store").textValue()).isEqualTo(STORE);
    }

    @Test
    void onlyTheTypesOfTheFilterAreKeptAndTheHandbackComesBack() {
        String client = register().path("id").textValue();
        String handle = add(client, CONTROL, ", 'filter': ['%s'], 'handback': {'mine': 7}".formatted(CONNECTED))
                .path("value")
                .textValue();
        connect(2);
        await().until(() -> fetchAll(client, handle, 2).size() == 2);
        connect(1);
        JsonNode fetched = await().until(
                        () -> fetch(client, handle).path("value"),
                        value -> !value.path("notifications").isEmpty());
        assertThat(fetched.path("notifications").path(0).path("type").textValue())
                .isEqualTo(CONNECTED);
        assertThat(fetched.path("handback").path("mine").intValue()).isEqualTo(7);
        assertThat(fetched.path("handle").textValue()).isEqualTo(handle);
    }

    @Test
    void whatDoesNotFitIsCountedAndTheNewestStays() {
        String client = register().path("id").textValue();
        String handle = add(client, CONTROL, "").path("value").textValue();
        for (int sent = 0; sent <= FetchingListeners.CAPACITY; sent += 201) {
            connect(100); // little enough at a time for what is before it, which drops too
            awaitDelivered();
        }
        JsonNode fetched = fetch(client, handle).path("value");
        assertThat(fetched.path("notifications")).hasSize(FetchingListeners.CAPACITY);
        assertThat(fetched.path("dropped").intValue()).isEqualTo(5);
        assertThat(fetch(client, handle).path("value").path("dropped").intValue())
                .isZero();
    }

    @Test
    void whoIsSilentForLongIsForgottenAndWhoFetchesOrPingsIsNot() {
        String silent = register().path("id").textValue();
        String fetching = register().path("id").textValue();
        String pinging = register().path("id").textValue();
        String handle = add(fetching, CONTROL, "").path("value").textValue();
        served.device.clock.advance(FetchingListeners.PATIENCE);
        fetch(fetching, handle);
        notification("'command': 'ping', 'client': '%s'".formatted(pinging));
        served.device.clock.advance(FetchingListeners.PATIENCE);
        register();
        assertThat(add(silent, CONTROL, "").path("error").textValue()).contains("no client " + silent);
        assertThat(add(fetching, CONTROL, "").path("status").intValue()).isEqualTo(200);
        assertThat(add(pinging, CONTROL, "").path("status").intValue()).isEqualTo(200);
    }

    @Test
    void thereIsAnEndToClientsUntilTheSilentMakeRoomAndToListeners() {
        String first = register().path("id").textValue();
        for (int i = 1; i < FetchingListeners.MOST_CLIENTS; i++) {
            register();
        }
        assertThat(notification("'command': 'register'").path("error").textValue())
                .contains("64 clients");
        for (int i = 0; i < FetchingListeners.MOST_LISTENERS; i++) {
            assertThat(add(first, CONTROL, "").path("status").intValue()).isEqualTo(200);
        }
        assertThat(add(first, CONTROL, "").path("error").textValue()).contains("16 listeners");
        served.device.clock.advance(FetchingListeners.PATIENCE.plusMillis(1));
        assertThat(register().path("id").textValue()).isNotEmpty();
    }

    @Test
    void listenersAreListedTakenAwayOneByOneAndAllTogether() {
        String client = register().path("id").textValue();
        List<String> handles = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            handles.add(add(client, CONTROL, "").path("value").textValue());
        }
        assertThat(list(client)).hasSize(3);
        notification("'command': 'remove', 'client': '%s', 'handle': '%s'".formatted(client, handles.get(0)));
        assertThat(list(client)).hasSize(2);
        assertThat(fetch(client, handles.get(0)).path("error").textValue()).contains("handle " + handles.get(0));
        notification("'command': 'unregister', 'client': '%s'".formatted(client));
        assertThat(fetch(client, handles.get(1)).path("error").textValue()).contains("no client");
        connect(1);
        awaitDelivered();
        assertThat(served.device.metrics.snapshot().errors().getLostUpdatesDropped())
                .isZero();
    }

    @Test
    void aGetDoesTheSame() {
        String client = served.get("/jolokia/notification/register")
                .json()
                .path("value")
                .path("id")
                .textValue();
        String handle = served.get("/jolokia/notification/add/" + client + "/pull/" + CONTROL)
                .json()
                .path("value")
                .textValue();
        connect(1);
        assertThat(fetchAll(client, handle, 2)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pull | java.lang:type=Memory | 403",
                "pull | JMImplementation:type=MBeanServerDelegate | 403",
                "pull | io.librarysync:type=Control,name=Nothing | 500",
                "sse | CONTROL | 500"
            })
    void whatCannotBeListenedToIsRefused(String mode, String bean, int status) {
        String client = register().path("id").textValue();
        JsonNode answer = notification("'command': 'add', 'client': '%s', 'mode': '%s', 'mbean': '%s'"
                .formatted(client, mode, bean.replace("CONTROL", CONTROL)));
        assertThat(answer.path("status").intValue()).as(answer.toString()).isEqualTo(status);
        assertThat(list(client)).isEmpty();
    }

    @Test
    void nothingElseCanBeCalledWhereOneFetches() {
        assertThat(exec(STORE, "clear", "'a', 'b'").path("error").textValue()).contains("only pull");
        assertThat(exec(STORE, "pull", "'a'").path("error").textValue()).contains("only pull");
        assertThat(exec(STORE + ",a=b", "pull", "'a', 'b'").path("status").intValue())
                .isEqualTo(403);
    }

    /** Waits until all that was told so far is where it is to be fetched. */
    private void awaitDelivered() {
        String client = register().path("id").textValue();
        String handle = add(client, CONTROL, "").path("value").textValue();
        served.device.metrics.recorder().peerConnected(new DeviceId(new UUID(3, 4)));
        await().pollInterval(Duration.ofMillis(10)).until(() -> !fetch(client, handle)
                .path("value")
                .path("notifications")
                .isEmpty());
        notification("'command': 'unregister', 'client': '%s'".formatted(client));
    }

    private void connect(int times) {
        for (int i = 0; i < times; i++) {
            served.device.metrics.recorder().peerConnected(PEER);
            served.device.metrics.recorder().peerDisconnected(PEER, "no answer");
        }
    }

    private List<JsonNode> fetchAll(String client, String handle, int count) {
        List<JsonNode> told = new ArrayList<>();
        await().until(() -> {
            fetch(client, handle).path("value").path("notifications").forEach(told::add);
            return told.size() >= count;
        });
        return told;
    }

    private JsonNode register() {
        return notification("'command': 'register'").path("value");
    }

    private JsonNode add(String client, String bean, String more) {
        return notification(
                "'command': 'add', 'client': '%s', 'mode': 'pull', 'mbean': '%s'%s".formatted(client, bean, more));
    }

    private JsonNode list(String client) {
        return notification("'command': 'list', 'client': '%s'".formatted(client))
                .path("value");
    }

    private JsonNode fetch(String client, String handle) {
        return exec(STORE, "pull", "'%s', '%s'".formatted(client, handle));
    }

    private JsonNode exec(String bean, String operation, String arguments) {
        return ask("'type': 'exec', 'mbean': '%s', 'operation': '%s', 'arguments': [%s]"
                .formatted(bean, operation, arguments));
    }

    private JsonNode notification(String command) {
        return ask("'type': 'notification', " + command);
    }

    private JsonNode ask(String members) {
        return served.jolokia(("{" + members + "}").replace('\'', '"')).json();
    }
}
