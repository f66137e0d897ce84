package io.librarysync.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.metrics.PartnerSnapshot;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartnersScreenTest {
    private static final ScreenStyle COLOURED = new ScreenStyle(ZoneId.of("UTC"), true, true, 10);

    @Test
    void statusAndStateHaveTheirColoursAndColumnsStayStraight() {
        List<PartnerSnapshot> partners = List.of(
                partner("MacBook", "online", "Ready"),
                partner("Desktop", "online", "CatchingUp"),
                partner("Phone", "paused", "Paused"),
                partner("Tablet", "offline", null));

        assertThat(visible(PartnersScreen.render(Instant.EPOCH, partners, List.of(), COLOURED)))
                .isEqualTo(
                        """
                        <33>●<0> 2 of 4 partners online
                          DEVICE   ID        STATUS   STATE       RTT    LAG  LAST SYNC  LAST ATTEMPT  RECEIVED  DELIVERED
                          MacBook  7d1c09aa  <32>online <0>  <32>Ready     <0>  4.0ms  0ms  –          –                    2          1
                          Desktop  7d1c09aa  <32>online <0>  <33>CatchingUp<0>  4.0ms  0ms  –          –                    2          1
                          Phone    7d1c09aa  <90>paused <0>  <90>Paused    <0>  4.0ms  0ms  –          –                    2          1
                          Tablet   7d1c09aa  <90>offline<0>  –           4.0ms  0ms  –          –                    2          1
                        """);
    }

    @Test
    void oneOfOnePartnerIsOnline() {
        assertThat(PartnersScreen.render(
                        Instant.EPOCH, List.of(partner("MacBook", "online", "Ready")), List.of(), ScreenStyle.PLAIN))
                .startsWith("● 1 of 1 partner online\n");
    }

    private static PartnerSnapshot partner(String name, String status, @Nullable String state) {
        return new PartnerSnapshot(
                "7d1c09aa-0000-4000-8000-000000000002", name, status, state, 4.0, 0L, null, null, 2, 1);
    }

    private static String visible(String text) {
        return text.replaceAll("\u001b\\[(\\d+)m", "<$1>");
    }
}
