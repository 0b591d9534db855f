package io.jenkins.plugins.understack.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"30s, PT30S", "10m, PT10M", "1h30m, PT1H30M", "2d, PT48H", " 1d1h1m1s , PT25H1M1S", "90m, PT1H30M"})
    void reads(String text, Duration expected) {
        assertThat(Durations.parse("within", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "10", "m", "-1s", "1.5h", "1s1m", "PT1H", "1 h", "99999999999s"})
    void refuses(String text) {
        assertThatThrownBy(() -> Durations.parse("within", text))
                .hasMessageStartingWith("within: \"")
                .hasMessageEndingWith("is no duration; expected one such as 30s, 10m, 1h30m or 2d");
    }

    @Test
    void nothingIsNull() {
        assertThat(Durations.parse("within", " ")).isNull();
        assertThat(Durations.parse("within", null)).isNull();
    }

    @Test
    void whatIsPrintedReadsAsTheSame() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            Duration duration = Duration.ofSeconds(1 + random.nextInt(10_000_000));
            assertThat(Durations.parse("x", Durations.print(duration))).isEqualTo(duration);
        }
    }
}
