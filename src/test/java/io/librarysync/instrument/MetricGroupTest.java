package io.librarysync.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricGroupTest {

    /** What the tests declare. */
    public interface WaterMXBean {
        @Metric("Drops that fell")
        long getDropsFallen();

        @Metric(value = "Drops by roof", by = "roof", key = "roof")
        Map<String, Long> getDropsByRoof();

        @Metric(value = "Drops counted twice", by = "roof")
        default long getDropsTwice() {
            return 2
                    * getDropsByRoof().values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
        }

        @Metric(value = "Depth of the barrel", kind = Metric.GAUGE)
        long getDepthMillis();
    }

    private static final class Water extends MetricGroup<WaterMXBean, View> {
        final Counter fallen = counter(WaterMXBean::getDropsFallen);
        final CounterFamily byRoof = counters(WaterMXBean::getDropsByRoof);

        Water(MetricRegistry registry) {
            super(WaterMXBean.class, registry);
        }

        Water withDepth() {
            value(WaterMXBean::getDepthMillis, view -> null);
            return this;
        }
    }

    private final MetricRegistry registry = new MetricRegistry();

    @Test
    void aGetterThatNothingRecordsIsNamedAtOnce() {
        assertThatThrownBy(() -> new Water(registry).requireAllBound())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("getDepthMillis() is declared but nothing records it");
    }

    @Test
    void metricsAreDescribedInTheOrderOfTheSource() {
        assertThat(MetricGroup.describe(WaterMXBean.class))
                .extracting(MetricDescription::json)
                .containsExactly("drops_fallen", "drops_by_roof", "drops_twice", "depth_ms");
    }

    @Test
    void derivedMetricsFollowTheFrozenOnes() {
        Water water = new Water(registry).withDepth();
        water.fallen.add(4);
        water.byRoof.at("red").add(3);
        GroupSnapshot<WaterMXBean> frozen = water.freeze(new View(registry.read(), Map.of()));
        water.byRoof.at("red").add(100);

        assertThat(frozen.as().getDropsTwice()).isEqualTo(6);
        assertThat(frozen.as().getDepthMillis()).isEqualTo(-1);
        assertThat(frozen.find(WaterMXBean::getDepthMillis)).isEmpty();
        assertThat(frozen.values())
                .isEqualTo(Map.of("DropsFallen", 4L, "DropsByRoof", Map.of("red", 3L), "DropsTwice", 6L));
    }

    @Test
    void aFilterLeavesOutWhatItCannotSplit() {
        Water water = new Water(registry).withDepth();
        water.fallen.add(4);
        water.byRoof.at("red").add(3);
        water.byRoof.at("blue").add(5);

        GroupSnapshot<WaterMXBean> red = water.freeze(new View(registry.read(), Map.of("roof", "red")));
        assertThat(red.values()).isEqualTo(Map.of("DropsByRoof", Map.of("red", 3L), "DropsTwice", 6L));
        assertThat(red.notSplit()).containsExactly("DropsFallen", "DepthMillis");
        assertThat(water.freeze(new View(registry.read(), Map.of("colour", "red")))
                        .notSplit())
                .containsExactly("DropsFallen", "DropsByRoof", "DepthMillis", "DropsTwice");
    }

    @Test
    void aLiveInstanceAnswersFromTheMoment() {
        Water water = new Water(registry).withDepth();
        WaterMXBean live = MetricGroup.live(WaterMXBean.class, () -> water.freeze(new View(registry.read(), Map.of())));

        assertThat(live.getDropsFallen()).isZero();
        water.fallen.increment();
        assertThat(live.getDropsFallen()).isEqualTo(1);
    }
}
