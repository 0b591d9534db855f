package io.jenkins.plugins.understack.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    /** argo-events, data filter: the text forms of JSON values. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "\"text\"           | text",
        "true               | true",
        "9007199254740993   | 9007199254740993",
        "1e3                | 1000",
        "1.50               | 1.5",
        "{\"a\" : [1, 2.0]} | {\"a\":[1,2.0]}",
    })
    void text(String json, String expected) throws Exception {
        assertThat(Json.text(Json.parse(json))).isEqualTo(expected);
    }

    @Test
    void nullAndMissingAreEmptyText() throws Exception {
        assertThat(Json.text(Json.parse("null"))).isEmpty();
        assertThat(Json.text(Json.parse("{}").path("x"))).isEmpty();
    }

    @Test
    void hugeExponentsDoNotFillTheMemory() throws Exception {
        assertThat(Json.text(Json.parse("1e999999")).length()).isLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "hunter2", "{\"hunter2\"", "{} {}", "{\"a\":1,}"})
    void errorsNameThePositionAndNotTheContent(String text) {
        assertThatThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedEventException.class)
                .message()
                .matches("is (empty|not JSON).*")
                .doesNotContain("hunter2");
    }

    @Test
    void depthIsBounded() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);

        assertThatThrownBy(() -> Json.parse(deep)).isInstanceOf(MalformedEventException.class);
    }

    @Test
    void plainValuesAreSerialisable() throws Exception {
        assertThat(Json.plain(Json.parse("{\"a\":[1,\"x\",null,1.5,true]}")))
                .isInstanceOf(java.io.Serializable.class)
                .hasToString("{a=[1, x, null, 1.5, true]}");
    }
}
