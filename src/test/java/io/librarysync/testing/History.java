package io.librarysync.testing;

import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a few devices do and suffer, in order. A seed stands for a whole one.
 *
 * @param devices how many there are
 * @param indexing how many of them, the last ones, index a real directory; the others are told of files that are nowhere
 */
record History(long seed, int devices, int indexing, EngineConfig config, List<Happening> happenings) {
    static final int PRUNING_SECONDS = 60;
    private static final int FEWEST_DEVICES = 2;
    private static final int MOST_DEVICES = 8;
    private static final int DRAWS = 3;
    private static final int MOST_INDEXING = 2;
    private static final int FEWEST = 15;
    private static final int MOST = 70;

    public History {
        happenings = List.copyOf(happenings);
    }

    /** The history that {@code seed} stands for. */
    static History of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int devices = devices(random);
        int indexing = random.nextInt(Math.min(devices, MOST_INDEXING) + 1);
        EngineConfig config = config(random);
        int length = random.nextInt(FEWEST, MOST + 1);
        List<Happening> happenings = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            happenings.add(any(devices, random));
        }
        return new History(seed, devices, indexing, config, happenings);
    }

    History with(List<Happening> others) {
        return new History(seed, devices, indexing, config, others);
    }

    /** The same without real directories, in which no two runs have the same. */
    History withoutDirectories() {
        return new History(seed, devices, 0, config, happenings);
    }

    boolean indexes(int device) {
        return device >= devices - indexing;
    }

    /** A list to read, with what it takes to see it again. */
    @Override
    public String toString() {
        return happenings.stream()
                .map(Happening::toString)
                .collect(Collectors.joining(
                        "\n  ",
                        "history %d: %d devices, of which %d index a directory, %s%n  "
                                .formatted(seed, devices, indexing, differences()),
                        ""));
    }

    private String differences() {
        EngineConfig usual = EngineConfig.defaults();
        return config.values().entrySet().stream()
                .filter(value -> usual.get(value.getKey()) != value.getValue())
                .map(value -> value.getKey().label() + "=" + value.getValue())
                .sorted()
                .collect(Collectors.joining(" ", "", ""));
    }

    /** More often few than many. */
    private static int devices(SplittableRandom random) {
        return IntStream.generate(() -> random.nextInt(FEWEST_DEVICES, MOST_DEVICES + 1))
                .limit(DRAWS)
                .min()
                .orElse(FEWEST_DEVICES);
    }

    /** Small limits, so that a short history reaches them. */
    private static EngineConfig config(SplittableRandom random) {
        EngineConfig config = EngineConfig.defaults().with(EngineKey.PRUNING_INTERVAL_SECS, PRUNING_SECONDS);
        config = oneOf(config, EngineKey.BACKFILL_BATCH_SIZE, random, 1, 3, 7, 50);
        config = oneOf(config, EngineKey.REALTIME_BATCH_MAX_ENTRIES, random, 1, 5, 100);
        config = oneOf(config, EngineKey.OUTBOX_CAPACITY, random, 10, 10_000, 10_000);
        config = oneOf(config, EngineKey.BUFFER_CAPACITY, random, 5, 100_000, 100_000);
        config = oneOf(config, EngineKey.MAX_OUTSTANDING_BATCHES, random, 1, 3, 32);
        return oneOf(config, EngineKey.RETRY_MAX_MESSAGES, random, 0, 3, 10_000, 10_000);
    }

    private static EngineConfig oneOf(EngineConfig config, EngineKey key, SplittableRandom random, long... values) {
        return config.with(key, values[random.nextInt(values.length)]);
    }

    private static Happening any(int devices, SplittableRandom random) {
        Happening.Kind kind = kind(random);
        int one = random.nextInt(devices);
        int other = (one + 1 + random.nextInt(devices - 1)) % devices;
        return new Happening(kind, one, other, 1 + random.nextInt(kind.most()), random.nextLong());
    }

    private static Happening.Kind kind(SplittableRandom random) {
        int total = 0;
        for (Happening.Kind kind : Happening.Kind.values()) {
            total += kind.weight();
        }
        int at = random.nextInt(total);
        for (Happening.Kind kind : Happening.Kind.values()) {
            at -= kind.weight();
            if (at < 0) {
                return kind;
            }
        }
        throw new AssertionError("weights add up to their total");
    }
}
