package io.librarysync.app;

import io.librarysync.cli.Assignment;
import io.librarysync.cli.CommandFailure;
import io.librarysync.cli.StartRequest;
import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import io.librarysync.events.EventLog;
import io.librarysync.events.EventRetention;
import io.librarysync.events.SyncEvents;
import io.librarysync.history.HistorySettings;
import io.librarysync.history.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one device runs with.
 *
 * @param directory its folder
 * @param name of the device
 * @param libraryName of the library, as it was called where it was made
 * @param listen where peers reach it
 * @param peers devices to meet
 * @param insecureHttp whether HTTP may leave this machine without encryption
 * @param history how the history of metrics is kept
 * @param events how events are kept
 * @param jmx where JMX is served over RMI, if at all
 * @param secretFile holds what the devices of the library share
 * @param locations directories to index in any case
 * @param settings every key with its value and where it comes from
 */
record NodeConfig(
        Path directory,
        String name,
        String libraryName,
        HostPort listen,
        List<HostPort> peers,
        HostPort http,
        boolean insecureHttp,
        Optional<HostPort> jmx,
        Optional<Path> secretFile,
        boolean metricsEnabled,
        int metricsUpdatesPerSecond,
        int deviceBeans,
        HistoryConfig history,
        EventLog.Settings events,
        EngineConfig engine,
        List<Path> locations,
        List<Assignment> settings) {

    private static final String NAME = "name";
    private static final String LIBRARY = "library";
    private static final String LISTEN = "listen";
    private static final String PEERS = "peers";
    private static final String HTTP = "http";
    private static final String INSECURE_HTTP = "insecure_http";
    private static final String JMX = "jmx";
    private static final String SECRET_FILE = "secret_file";
    private static final String ENABLE_METRICS = "enable_metrics";
    private static final String UPDATES = "metrics_updates_per_sec";
    private static final String DEVICE_BEANS = "device_beans";
    private static final String EVENT_DAYS = "event_retention_days";
    private static final String EVENT_ROWS = "event_retention_rows";
    private static final String EVENT_QUEUE = "event_queue_capacity";
    private static final String SAMPLE_INTERVAL = "metrics_sample_interval_secs";
    private static final String HISTORY_SIZE = "metrics_history_size";
    private static final String PERSIST_INTERVAL = "metrics_persist_interval_secs";
    private static final String RETENTION = "metrics_retention";
    private static final String METRICS_DB = "metrics_db";

    NodeConfig {
        peers = List.copyOf(peers);
        locations = List.copyOf(locations);
        settings = List.copyOf(settings);
    }

    static NodeConfig of(StartRequest request) {
        Settings settings = Settings.of(catalogue(), known(request.directory()), request);
        if (settings.text(NAME).isEmpty()) {
            throw CommandFailure.wrongUsage("name: a new device needs one; add --name NAME");
        }
        return new NodeConfig(
                request.directory(),
                settings.text(NAME),
                settings.text(LIBRARY),
                HostPort.parse(settings.text(LISTEN)),
                HostPort.split(settings.text(PEERS)).map(HostPort::parse).toList(),
                HostPort.parse(settings.text(HTTP)),
                settings.flag(INSECURE_HTTP),
                optional(settings, JMX).map(HostPort::parse),
                optional(settings, SECRET_FILE).map(file -> request.directory().resolve(file)),
                settings.flag(ENABLE_METRICS),
                settings.number(UPDATES),
                settings.number(DEVICE_BEANS),
                history(settings),
                events(settings),
                engine(settings),
                request.locations(),
                shown(settings));
    }

    /** The settings alone: what {@code sd config} shows, complete enough to start or not. */
    static List<Assignment> settings(StartRequest request) {
        return shown(Settings.of(catalogue(), known(request.directory()), request));
    }

    /** Every setting as it may be shown: without a password. */
    private static List<Assignment> shown(Settings settings) {
        return settings.all().stream()
                .map(setting -> new Assignment(
                        setting.key(), setting.value().replaceAll("(?<=password=)[^&]*", "***"), setting.source()))
                .toList();
    }

    private static List<Setting> catalogue() {
        List<Setting> catalogue = new ArrayList<>(List.of(
                Setting.text(NAME, ""),
                Setting.text(LIBRARY, "My Library"),
                Setting.address(LISTEN, "127.0.0.1:7800"),
                Setting.addresses(PEERS),
                Setting.address(HTTP, "127.0.0.1:8778"),
                Setting.flag(INSECURE_HTTP, false),
                Setting.address(JMX, ""),
                Setting.text(SECRET_FILE, ""),
                Setting.flag(ENABLE_METRICS, true).in("mobile", "false"),
                Setting.number(UPDATES, 2, 1, 1_000),
                Setting.number(DEVICE_BEANS, 256, 0, 100_000),
                Setting.number(SAMPLE_INTERVAL, 10, 1, 86_400),
                Setting.number(HISTORY_SIZE, 1_000, 1, 1_000_000),
                Setting.number(PERSIST_INTERVAL, 60, 1, 86_400)
                        .in("aggressive", "30")
                        .in("conservative", "300")
                        .in("mobile", "900"),
                Setting.parsed(RETENTION, "2d,15m:30d,6h:730d", Retention::parse),
                Setting.number(EVENT_DAYS, (int) EventRetention.STANDARD.age().toDays(), 1, 3_650),
                Setting.number(EVENT_ROWS, EventRetention.STANDARD.rows(), 1, 10_000_000),
                Setting.number(EVENT_QUEUE, SyncEvents.STANDARD_CAPACITY, 1, 1_000_000),
                Setting.text(METRICS_DB, "")));
        catalogue.add(Setting.engine(EngineConfig.WIRE_FORMAT, "smile"));
        Arrays.stream(EngineKey.values()).map(Setting::engine).forEach(catalogue::add);
        return catalogue;
    }

    private static List<Assignment> known(Path directory) {
        return new DeviceFolder(directory)
                .known()
                .map(identity -> List.of(
                        new Assignment(NAME, identity.deviceName(), Identity.FILE),
                        new Assignment(LIBRARY, identity.libraryName(), Identity.FILE)))
                .orElse(List.of());
    }

    private static HistoryConfig history(Settings settings) {
        return new HistoryConfig(
                new HistorySettings(
                        settings.number(HISTORY_SIZE),
                        HistorySettings.STANDARD.queueSize(),
                        Retention.parse(settings.text(RETENTION))),
                Duration.ofSeconds(settings.number(SAMPLE_INTERVAL)),
                Duration.ofSeconds(settings.number(PERSIST_INTERVAL)),
                settings.text(METRICS_DB));
    }

    private static EventLog.Settings events(Settings settings) {
        return new EventLog.Settings(
                settings.number(EVENT_QUEUE),
                new EventRetention(Duration.ofDays(settings.number(EVENT_DAYS)), settings.number(EVENT_ROWS)));
    }

    private static EngineConfig engine(Settings settings) {
        EngineConfig engine = EngineConfig.defaults();
        for (Assignment setting : settings.all()) {
            if (EngineConfig.knows(setting.key())) {
                engine = engine.with(setting.key(), setting.value());
            }
        }
        return engine;
    }

    private static Optional<String> optional(Settings settings, String key) {
        return Optional.of(settings.text(key)).filter(value -> !value.isEmpty());
    }
}
