package io.librarysync.testing;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.LibraryId;
import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A library of several devices on one hand-driven scheduler, with real databases in one directory. */
public final class TestLibrary implements AutoCloseable {

    static final String NAME = "My Library";
    private static final LibraryId ID = LibraryId.parse("00000000-0000-4000-8000-0000000000aa");
    private static final Duration LONGEST_SETTLING = Duration.ofMinutes(30);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int QUIET_POLLS = 3;

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final InProcessNetwork network = new InProcessNetwork(scheduler);
    private final Random random = new Random(7);
    private final List<TestDevice> devices = new ArrayList<>();
    private final List<TestDevice> runs = new ArrayList<>();
    private final Map<DeviceId, String> files = new HashMap<>();
    private final Map<DeviceId, SkewedClock> clocks = new HashMap<>();
    private final Path directory;
    private final EngineConfig config;
    private final boolean recorded;

    public TestLibrary(Path directory) {
        this(directory, EngineConfig.defaults(), true);
    }

    public TestLibrary(Path directory, EngineConfig config, boolean recorded) {
        this.directory = directory;
        this.config = config;
        this.recorded = recorded;
    }

    public LibraryId id() {
        return ID;
    }

    public ManualClock clock() {
        return clock;
    }

    public ManualScheduler scheduler() {
        return scheduler;
    }

    public InProcessNetwork network() {
        return network;
    }

    /** Random uuids, the same in each run. */
    public Supplier<UUID> uuids() {
        return () -> new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE);
    }

    /** The devices that run. */
    public List<TestDevice> devices() {
        return List.copyOf(devices);
    }

    /** Every run of a device, the present one last. */
    List<TestDevice> runsOf(DeviceId id) {
        return runs.stream().filter(run -> run.id().equals(id)).toList();
    }

    SkewedClock clockOf(DeviceId id) {
        return clocks.computeIfAbsent(id, device -> new SkewedClock(clock));
    }

    /** Whether more time passed than a log is kept. */
    boolean outlastedItsLog() {
        return clock.wallOffset().compareTo(config.duration(EngineKey.PEER_LOG_MAX_RETENTION_DAYS)) >= 0;
    }

    /** Sets how far the wall clock of a device is ahead of the others. */
    public void setSkew(DeviceId id, Duration ahead) {
        clockOf(id).setSkew(ahead);
    }

    /** A started device; connected to nobody. */
    public TestDevice start(String name) {
        return start(name, new DeviceId(uuids().get()));
    }

    /** The same; its disk cannot be read once, when it begins. */
    public TestDevice startUnreadable(String name) {
        TestDevice device = open(name, new DeviceId(uuids().get()));
        device.failReadAt(1);
        return started(device);
    }

    private TestDevice start(String name, DeviceId id) {
        return started(open(name, id));
    }

    private TestDevice open(String name, DeviceId id) {
        Path file = directory.resolve(files.computeIfAbsent(id, first -> name + ".db"));
        return new TestDevice(this, name, id, file, config, recorded);
    }

    private TestDevice started(TestDevice device) {
        devices.add(device);
        runs.add(device);
        device.engine().start();
        scheduler.runUntilIdle();
        return device;
    }

    /** Stops a device in good order. */
    public void stop(TestDevice device) {
        CompletableFuture<Void> stopped = device.engine().stop();
        scheduler.runUntilIdle();
        stopped.join();
        device.end();
        devices.remove(device);
    }

    /** Ends a device in the middle of whatever it does; its peers see it go at once. */
    public void kill(TestDevice device) {
        network.kill(device.id());
        device.end();
        devices.remove(device);
    }

    /** The same when its machine loses power: nobody is told. */
    public void cutPower(TestDevice device) {
        network.freeze(device.id());
        device.end();
        devices.remove(device);
    }

    /** A stopped device anew: the same database and identity, new counters. */
    public TestDevice restart(TestDevice stopped) {
        return restart(stopped, stopped.name());
    }

    /** The same under another name. */
    public TestDevice restart(TestDevice stopped, String name) {
        return start(name, stopped.id());
    }

    public void connect(TestDevice one, TestDevice other) {
        network.connect(one.id(), other.id());
        scheduler.runUntilIdle();
    }

    /** Connects them; what follows from it waits for the scheduler. */
    public void connectWithoutRunning(TestDevice one, TestDevice other) {
        network.connect(one.id(), other.id());
    }

    /** Runs at most so many tasks, without letting time pass. */
    public void runSome(int tasks) {
        for (int i = 0; i < tasks && scheduler.runOne(); i++) {
            // the condition does the work
        }
    }

    /** Runs task by task, letting time pass where none is ready, until {@code reached} holds; fails if it never does. */
    public void runUntil(BooleanSupplier reached) {
        for (Duration waited = Duration.ZERO; waited.compareTo(LONGEST_SETTLING) < 0; waited = waited.plus(POLL)) {
            boolean ready = true;
            while (ready) {
                if (reached.getAsBoolean()) {
                    return;
                }
                ready = scheduler.runOne();
            }
            clock.advance(POLL);
        }
        throw new AssertionError("never reached: " + Quiescence.openWork(this));
    }

    public void disconnect(TestDevice one, TestDevice other) {
        network.disconnect(one.id(), other.id());
        scheduler.runUntilIdle();
    }

    /** Lets time pass until nothing is left to do on any device; fails, naming what is left, if that never comes. */
    public void settle() {
        int quiet = 0;
        for (Duration waited = Duration.ZERO; waited.compareTo(LONGEST_SETTLING) < 0; waited = waited.plus(POLL)) {
            scheduler.advance(POLL);
            quiet = Quiescence.isQuiet(this) ? quiet + 1 : 0;
            if (quiet == QUIET_POLLS) {
                return;
            }
        }
        throw new AssertionError("never quiescent: " + Quiescence.openWork(this));
    }

    @Override
    public void close() {
        List.copyOf(devices).forEach(this::stop);
    }
}
