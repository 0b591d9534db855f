package io.jenkins.plugins.understack.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class KeyValueLinesTest {
    @Test
    void valuesHaveTheTypesThatABrokerExpects() {
        assertThat(KeyValueLines.parse("queueArguments", """
                # quorum, as everywhere else
                x-queue-type: quorum

                x-message-ttl: 86400000
                x-single-active-consumer: true
                x-note: "5"
                x-uri: amqp://host:5672/
                x-empty:
                """))
                .containsExactly(
                        entry("x-queue-type", "quorum"),
                        entry("x-message-ttl", 86_400_000L),
                        entry("x-single-active-consumer", true),
                        entry("x-note", "5"),
                        entry("x-uri", "amqp://host:5672/"),
                        entry("x-empty", ""));
    }

    @Test
    void metadataStayText() {
        assertThat(KeyValueLines.parseText("metadata", "region: 007\r\nsite: 'iad3'"))
                .containsExactly(entry("region", "007"), entry("site", "iad3"));
    }

    @Test
    void nothingIsAnEmptyTable() {
        assertThat(KeyValueLines.parse("metadata", null)).isEmpty();
        assertThat(KeyValueLines.parse("metadata", " \n")).isEmpty();
    }

    @Test
    void aWrongLineIsNamedByItsNumberNotItsText() {
        assertThatThrownBy(() -> KeyValueLines.parse("queueArguments", "x-queue-type: quorum\nsecret"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("queueArguments: line 2 is no \"key: value\"; expected one on each line");
        assertThatThrownBy(() -> KeyValueLines.parse("queueArguments", "a: 1\na: 2"))
                .hasMessage("queueArguments: \"a\" occurs twice; expected each key once");
    }
}
