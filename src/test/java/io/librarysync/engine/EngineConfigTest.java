package io.librarysync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineConfigTest {

    @ParameterizedTest
    @EnumSource(EngineKey.class)
    void everyKeyCanBeSetByItsNameAndKeepsItsBounds(EngineKey key) {
        long value = key.valueIn(EngineKey.Preset.CONSERVATIVE);
        assertThat(EngineConfig.defaults()
                        .with(key.label(), Long.toString(value))
                        .get(key))
                .isEqualTo(value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineConfig.defaults().with(key.label(), "-1"))
                .withMessageContaining(key.label());
    }

    @ParameterizedTest
    @EnumSource(EngineKey.Preset.class)
    void everyPresetIsWithinTheBounds(EngineKey.Preset preset) {
        for (EngineKey key : EngineKey.values()) {
            assertThat(EngineConfig.of(preset).get(key)).isEqualTo(key.valueIn(preset));
        }
    }

    @Test
    void theUnitOfADurationIsInTheKeysName() {
        EngineConfig config = EngineConfig.defaults();
        assertThat(config.duration(EngineKey.ACK_INTERVAL_MS)).isEqualTo(Duration.ofMillis(50));
        assertThat(config.duration(EngineKey.MESSAGE_TIMEOUT_SECS)).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.duration(EngineKey.PEER_LOG_MAX_RETENTION_DAYS)).isEqualTo(Duration.ofDays(7));
        assertThatIllegalArgumentException().isThrownBy(() -> config.duration(EngineKey.OUTBOX_CAPACITY));
    }

    @Test
    void whatIsUnknownOrNoNumberIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineConfig.defaults().with("speed", "9"))
                .withMessage("no setting is called speed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineConfig.defaults().with("outbox_capacity", "many"))
                .withMessage("outbox_capacity is many, but must be a whole number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineConfig.defaults().with("wire_format", "xml"))
                .withMessage("wire_format is xml, but must be smile or json");
    }
}
