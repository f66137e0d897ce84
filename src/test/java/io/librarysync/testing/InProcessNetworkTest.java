package io.librarysync.testing;

import io.librarysync.domain.DeviceId;
import io.librarysync.engine.Transport;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The network of scenario tests keeps the same contract as the real one. */
class InProcessNetworkTest extends TransportContract {

    private static final Duration STEP = Duration.ofMillis(100);
    private static final int MOST_STEPS = 10_000;

    private final ManualScheduler scheduler = new ManualScheduler(new ManualClock());
    private final InProcessNetwork network = new InProcessNetwork(scheduler);
    private boolean met;

    @Override
    protected Transport make(DeviceId device, String name) {
        return network.join(device, name);
    }

    @Override
    protected void until(BooleanSupplier done) {
        if (!met) {
            network.connect(ANNA, BERT);
            met = true;
        }
        scheduler.runUntilIdle();
        for (int i = 0; i < MOST_STEPS && !done.getAsBoolean(); i++) {
            scheduler.advance(STEP);
        }
        if (!done.getAsBoolean()) {
            throw new AssertionError("never done");
        }
    }

    @Override
    protected void kill(DeviceId device) {
        network.disconnect(ANNA, BERT);
    }
}
