package io.jenkins.plugins.understack.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishTimeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"timestamp\": \"2026-11-21T11:59:00Z\"} | 2026-11-21T11:59:00Z",
                "{\"timestamp\": \"2026-11-21T11:59:00Z\", \"headers\": {\"timestamp_in_ms\": 1795262340500}} | 2026-11-21T11:59:00.500Z",
                "{\"timestamp\": \"\", \"body\": {\"publisher_id\": \"p\", \"timestamp\": \"2026-11-21 11:58:00.123456\"}} | 2026-11-21T11:58:00.123456Z",
                "{\"timestamp\": \"\", \"body\": {\"publisher_id\": \"p\", \"timestamp\": \"2026-11-21T11:58:00Z\"}} | 2026-11-21T11:58:00Z",
                "{\"timestamp\": \"\", \"body\": {\"timestamp\": \"2026-11-21T11:58:00Z\"}} | 2026-11-21T12:00:00Z",
                "{\"timestamp\": \"\", \"body\": {\"publisher_id\": \"p\", \"timestamp\": \"yesterday\"}} | 2026-11-21T12:00:00Z",
                "{\"timestamp\": \"2026-11-21T12:00:01Z\"} | 2026-11-21T12:00:00Z",
                "{} | 2026-11-21T12:00:00Z"
            })
    void isWhatTheMessageSays(String data, Instant expected) throws Exception {
        assertThat(PublishTime.of(event("amqp", data))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = "{\"timestamp\": \"2026-11-21T11:59:00Z\"}")
    void anybodyCanWriteAnythingIntoARequest(String data) throws Exception {
        assertThat(PublishTime.of(event("webhook", data))).isEqualTo("2026-11-21T12:00:00Z");
    }

    private static Event event(String kind, String data) throws Exception {
        return new Event("id", "s", "e", kind, "t", Instant.parse("2026-11-21T12:00:00Z"), Json.parse(data));
    }
}
