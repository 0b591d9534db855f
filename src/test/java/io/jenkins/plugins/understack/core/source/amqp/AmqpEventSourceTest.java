package io.jenkins.plugins.understack.core.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.source.EventSource;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmqpEventSourceTest {
    @ParameterizedTest
    @CsvSource({
        "amqp://host, host, 5672, /",
        "amqp://host/, host, 5672, /",
        "amqp://host:1234/ironic, host, 1234, ironic",
        "amqps://host/%2F, host, 5671, /",
        "amqps://host/a%2Fb+c, host, 5671, a/b+c",
    })
    void uris(String uri, String host, int port, String virtualHost) {
        AmqpEventSource source = source(uri);

        assertThat(source.host()).isEqualTo(host);
        assertThat(source.port()).isEqualTo(port);
        assertThat(source.virtualHost()).isEqualTo(virtualHost);
    }

    @ParameterizedTest
    @CsvSource({
        "amqp://user:hunter2@host/, contains a user",
        "http://host/, has the scheme",
        "amqp:///vhost, has no host",
        "amqp://host/a/b, path of several parts",
        "amqp://hunter2 host, is no URI",
    })
    void refusedUris(String uri, String problem) {
        assertThatThrownBy(() -> source(uri))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("uri: ")
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void eventsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> event("e", List.of(), 1)).hasMessageStartingWith("routingKeys: is empty");
        assertThatThrownBy(() -> event("e", List.of("k"), 0)).hasMessageStartingWith("prefetch: 0");
        assertThatThrownBy(() -> event("e", List.of("k"), 70_000)).hasMessageStartingWith("prefetch: 70000");
        assertThatThrownBy(() -> event("a/b", List.of("k"), 1)).hasMessageStartingWith("name: ");
        AmqpEvent event = event("e", List.of("k"), 1);
        assertThatThrownBy(() -> new AmqpEventSource("s", "amqp://h", null, null, List.of(event, event)))
                .hasMessage("events: \"e\" occurs twice; expected different names");
        assertThatThrownBy(() -> new AmqpTls("hunter2", null, false))
                .hasMessageStartingWith("tls.caCertificate: holds no certificate")
                .message()
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpoic", "Topic", "x-", "queue"})
    void exchangeTypesThatNoBrokerHasAreRefused(String type) {
        assertThatThrownBy(() -> event(type, "x", List.of("k"), "q", null, Map.of()))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("exchangeType: \"" + type + "\" is no exchange type; expected topic, direct, fanout, headers, or that"
                        + " of a broker plugin, x-…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic", "direct", "fanout", "headers", "x-delayed-message", " x-consistent-hash "})
    void exchangeTypesOfBrokersAndTheirPlugins(String type) {
        assertThat(event(type, "x", List.of("k"), "q", null, Map.of()).exchange().type()).isEqualTo(type.strip());
    }

    /** AMQP counts bytes: "ä" has two. */
    @Test
    void namesThatAmqpCannotCarryAreRefused() {
        String most = "ä".repeat(127) + "a";
        String tooLong = "ä".repeat(128);
        event("topic", most, List.of(most), most, most, Map.of(most, "v"));

        refused("exchange", () -> event("topic", tooLong, List.of("k"), "q", null, Map.of()));
        refused("exchangeType", () -> event("x-" + tooLong, "x", List.of("k"), "q", null, Map.of()));
        refused("routingKeys", () -> event("topic", "x", List.of("k", tooLong), "q", null, Map.of()));
        refused("queue", () -> event("topic", "x", List.of("k"), tooLong, null, Map.of()));
        refused("consumerTag", () -> event("topic", "x", List.of("k"), "q", tooLong, Map.of()));
        refused("queueArguments", () -> event("topic", "x", List.of("k"), "q", null, Map.of(tooLong, "v")));
    }

    private static void refused(String field, ThrowingCallable creation) {
        assertThatThrownBy(creation)
                .isInstanceOfSatisfying(
                        InvalidFieldException.class, problem -> assertThat(problem.field()).isEqualTo(field))
                .hasMessageContaining("bytes; AMQP allows up to 255");
    }

    @Test
    void fieldsAreNamedAsInTheConfiguration() {
        assertThatThrownBy(() -> event(" ", "x", List.of("k"), "q", null, Map.of())).hasMessageStartingWith("exchangeType: ");
        assertThatThrownBy(() -> event("topic", "x", List.of("k"), "", null, Map.of())).hasMessageStartingWith("queue: ");
    }

    private static AmqpEvent event(
            String type, String exchange, List<String> keys, String queue, String consumerTag, Map<String, Object> arguments) {
        return new AmqpEvent(
                "e",
                new AmqpEvent.Exchange(exchange, type, true),
                keys,
                new AmqpEvent.Queue(queue, true, arguments),
                true,
                1,
                consumerTag,
                AmqpEvent.BodyFormat.JSON,
                null,
                EventSource.DEFAULT_MAX_PAYLOAD_SIZE,
                Map.of());
    }

    private static AmqpEventSource source(String uri) {
        return new AmqpEventSource("source", uri, null, null, List.of(event("e", List.of("k"), 1)));
    }

    private static AmqpEvent event(String name, List<String> keys, int prefetch) {
        return new AmqpEvent(
                name,
                new AmqpEvent.Exchange("x", "topic", true),
                keys,
                new AmqpEvent.Queue("q", true, Map.of()),
                true,
                prefetch,
                null,
                AmqpEvent.BodyFormat.JSON,
                null,
                EventSource.DEFAULT_MAX_PAYLOAD_SIZE,
                Map.of());
    }
}
