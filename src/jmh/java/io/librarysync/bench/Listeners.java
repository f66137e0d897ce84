package io.librarysync.bench;

import io.librarysync.domain.DeviceId;
import io.librarysync.record.SyncRecorder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import javax.management.JMException;

/**
 * What it costs sync that somebody listens: two devices make files and bring them to each other, and one of them tells of
 * 10,000 events a second beside that, in short turns with a JMX listener and a client of {@code /events} there and with
 * nobody there, so that whatever slows the machine meets both. Fails if an event was missed in silence, or if a device has
 * not every file in the end. Arguments: how many pairs of turns there are (240), how many milliseconds a turn takes (500), and
 * after how many pairs two new devices go on (20), since sync slows down as a library grows.
 */
public final class Listeners {
    private static final int EVENTS_PER_SECOND = 10_000;
    private static final int PAIRS = 240;
    private static final int MILLIS = 500;
    private static final int PAIRS_OF_DEVICES = 20;
    private static final double NANOS = 1e9;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Listeners() {}

    /** What one turn took, and what was heard in it. */
    private record Turn(
            int changes, long events, double seconds, double processorSeconds, List<Audience.Account> accounts) {

        double changesPerSecond() {
            return changes / seconds;
        }

        double changesPerProcessorSecond() {
            return changes / processorSeconds;
        }

        double eventsPerSecond() {
            return events / seconds;
        }
    }

    /** The same with listeners and without them, one right after the other. */
    private record Pair(Turn heard, Turn unheard) {

        double ratio(ToDoubleFunction<Turn> throughput) {
            return throughput.applyAsDouble(heard) / throughput.applyAsDouble(unheard);
        }
    }

    public static void main(String[] arguments) throws IOException, JMException, InterruptedException {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : PAIRS;
        int millis = arguments.length > 1 ? Integer.parseInt(arguments[1]) : MILLIS;
        int pairsOfDevices = arguments.length > 2 ? Integer.parseInt(arguments[2]) : PAIRS_OF_DEVICES;
        List<Pair> measured = measure(pairs, Duration.ofMillis(millis), pairsOfDevices);
        try (PrintStream out =
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8)) {
            print(out, millis, measured);
        }
        requireNothingMissedInSilence(measured);
    }

    /** What so many pairs took, after some that do not count. */
    private static List<Pair> measure(int pairs, Duration length, int pairsOfDevices)
            throws IOException, JMException, InterruptedException {
        alternate(pairsOfDevices, length);
        List<Pair> measured = new ArrayList<>();
        while (measured.size() < pairs) {
            measured.addAll(alternate(Math.min(pairsOfDevices, pairs - measured.size()), length));
        }
        return measured;
    }

    /** So many pairs of turns of two devices. */
    private static List<Pair> alternate(int pairs, Duration length)
            throws IOException, JMException, InterruptedException {
        try (SyncWork work = SyncWork.begin(true)) {
            List<Pair> measured = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                measured.add(pair(work, length, i % 2 == 0));
            }
            work.check();
            return measured;
        }
    }

    private static Pair pair(SyncWork work, Duration length, boolean heardFirst)
            throws IOException, JMException, InterruptedException {
        Turn first = turn(work, length, heardFirst);
        Turn second = turn(work, length, !heardFirst);
        return heardFirst ? new Pair(first, second) : new Pair(second, first);
    }

    private static Turn turn(SyncWork work, Duration length, boolean heard)
            throws IOException, JMException, InterruptedException {
        try (Audience audience = heard ? Audience.both(work.one()) : Audience.none(work.one())) {
            return measured(work, audience, length);
        }
    }

    private static Turn measured(SyncWork work, Audience audience, Duration length)
            throws IOException, InterruptedException {
        int before = work.changes();
        long events = 0;
        long started = System.nanoTime();
        long startedProcessor = THREADS.getCurrentThreadCpuTime();
        for (long elapsed = 0; elapsed < length.toNanos(); elapsed = System.nanoTime() - started) {
            work.round();
            events = tellDue(work, events, System.nanoTime() - started);
        }
        work.settle();
        double processor = (THREADS.getCurrentThreadCpuTime() - startedProcessor) / NANOS;
        double seconds = (System.nanoTime() - started) / NANOS;
        return new Turn(work.changes() - before, events, seconds, processor, audience.accounts());
    }

    /** Tells of the events that are due by now on the thread that syncs; returns how many were told since the begin. */
    private static long tellDue(SyncWork work, long told, long elapsedNanos) {
        long due = (long) (elapsedNanos / NANOS * EVENTS_PER_SECOND);
        SyncRecorder recorder = work.one().metrics().recorder();
        DeviceId peer = work.other().id();
        for (long event = told; event < due; event++) {
            if (event % 2 == 0) {
                recorder.peerDisconnected(peer, "no answer");
            } else {
                recorder.peerConnected(peer);
            }
        }
        return Math.max(told, due);
    }

    private static void print(PrintStream out, int millis, List<Pair> pairs) {
        out.printf(
                Locale.ROOT,
                "%n## sync with %,d events a second, heard by a JMX listener and a client of `/events`, in turns of %d ms%n%n",
                EVENTS_PER_SECOND,
                millis);
        Spreads spreads = Spreads.begin(out, "of " + pairs.size() + " pairs of turns");
        spreads.row("changes a second, events heard", "%,.0f", of(pairs, pair -> pair.heard.changesPerSecond()));
        spreads.row("changes a second, events unheard", "%,.0f", of(pairs, pair -> pair.unheard.changesPerSecond()));
        spreads.row("heard / unheard", "%.3f", of(pairs, pair -> pair.ratio(Turn::changesPerSecond)));
        spreads.row(
                "heard / unheard, by processor time of the thread that syncs",
                "%.3f",
                of(pairs, pair -> pair.ratio(Turn::changesPerProcessorSecond)));
        spreads.row("events a second", "%,.0f", of(pairs, pair -> pair.heard.eventsPerSecond()));
        out.printf("%n| all turns | events | heard | missed and told so | missed in silence |%n");
        out.println("|---|---|---|---|---|");
        sums(pairs)
                .values()
                .forEach(sum -> out.printf(
                        Locale.ROOT,
                        "| %s | %,d | %,d | %,d | %,d |%n",
                        sum.listener(),
                        sum.events(),
                        sum.heard(),
                        sum.missed(),
                        sum.missedInSilence()));
    }

    private static DoubleStream of(List<Pair> pairs, ToDoubleFunction<Pair> value) {
        return pairs.stream().mapToDouble(value);
    }

    private static Map<String, Audience.Account> sums(List<Pair> pairs) {
        Map<String, Audience.Account> sums = new LinkedHashMap<>();
        pairs.stream()
                .flatMap(pair -> pair.heard.accounts().stream())
                .forEach(account -> sums.merge(account.listener(), account, Listeners::sum));
        return sums;
    }

    private static Audience.Account sum(Audience.Account one, Audience.Account other) {
        return new Audience.Account(
                one.listener(),
                one.events() + other.events(),
                one.heard() + other.heard(),
                one.missed() + other.missed());
    }

    private static void requireNothingMissedInSilence(List<Pair> pairs) {
        for (Audience.Account account : sums(pairs).values()) {
            if (account.missedInSilence() != 0) {
                throw new AssertionError("missed in silence: " + account);
            }
        }
    }
}
