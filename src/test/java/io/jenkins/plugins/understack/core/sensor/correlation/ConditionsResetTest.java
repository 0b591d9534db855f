package io.jenkins.plugins.understack.core.sensor.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsResetTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "0 6 * * *, -, 2026-11-21T05:59:59Z, 2026-11-20T06:00:00Z",
        "0 6 * * *, -, 2026-11-21T06:00:00Z, 2026-11-21T06:00:00Z",
        "0 6 * * *, America/Chicago, 2026-11-21T12:30:00Z, 2026-11-21T12:00:00Z",
        // Chicago leaves summer time on 1 November 2026: 06:00 was 11:00Z the day before.
        "0 6 * * *, America/Chicago, 2026-11-01T11:30:00Z, 2026-10-31T11:00:00Z",
        "*/15 * * * *, -, 2026-11-21T10:14:59Z, 2026-11-21T10:00:00Z",
        // Saturday the 21st: the 20th was a Friday.
        "0 0 * * 1-5, -, 2026-11-21T10:00:00Z, 2026-11-20T00:00:00Z",
        "0 0 29 2 *, -, 2026-11-21T10:00:00Z, 2024-02-29T00:00:00Z",
    })
    void last(String cron, String zone, Instant now, Instant expected) {
        assertThat(new ConditionsReset(cron, zone).last(now)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "0 6 * *     | -          | cron: \"0 6 * *\" is no schedule; expected minute, hour, day, month and day of week, such as 0 6 * * 1-5",
        "0 6 * * * * | -          | cron: \"0 6 * * * *\" is no schedule",
        "61 6 * * *  | -          | cron: \"61 6 * * *\" is no schedule",
        "-           | -          | cron: is empty",
        "0 6 * * *   | Mars/North | timezone: \"Mars/North\" is unknown; expected a name such as Europe/London",
    })
    void refuses(String cron, String zone, String message) {
        assertThatThrownBy(() -> new ConditionsReset(cron, zone)).hasMessageStartingWith(message);
    }
}
