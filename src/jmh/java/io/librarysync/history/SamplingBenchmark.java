package io.librarysync.history;

import io.librarysync.domain.SyncClock;
import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.metrics.SampleWriter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one sample costs: reading everything, writing it as a frame and as the difference to the sample before. Between two
 * samples a tenth of the devices moves, which is not counted.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx4g")
public class SamplingBenchmark {

    @Param({"4", "1000"})
    public int devices;

    @Param({"8", "100"})
    public int active;

    private final SyncClock clock = SyncClock.system();
    private final SampleChain chain = new SampleChain(Retention.STANDARD);
    private BusyDevices busy = new BusyDevices(0, 0, clock);
    private SampleWriter writer = busy.metrics().sampleWriter(new SeriesCatalogue());

    @Setup
    public void fill() {
        busy = new BusyDevices(devices, active, clock);
        writer = busy.metrics().sampleWriter(new SeriesCatalogue());
        oneSample(); // the first one also enters every series into the catalogue
    }

    @Setup(Level.Invocation)
    public void move() {
        busy.moveATenth();
    }

    @Benchmark
    public Sample oneSample() {
        return chain.append(writer.write(busy.metrics().capture()), clock.nanos(), false);
    }
}
