package io.jenkins.plugins.understack.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** In five megabytes, of lists and of objects, closed or cut off. */
    @ParameterizedTest
    @CsvSource({"[, ]", "'{\"a\":', }", "[, ''"})
    void depthIsBounded(String open, String close) {
        String deep = open.repeat(10_000) + "1" + close.repeat(10_000);
        String event = "{\"text\": \"" + "x".repeat(5_000_000 - deep.length()) + "\", \"deep\": " + deep + "}";

        assertThatThrownBy(() -> Json.parse(event))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageStartingWith("is too much: expected at most 200 levels and numbers of at most 1000 digits");
        assertThatThrownBy(() -> Json.parse(event.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageStartingWith("is too much: ");
    }

    @Test
    void numbersAreBounded() {
        assertThatThrownBy(() -> Json.parse("1".repeat(5_000_000))).hasMessageStartingWith("is too much: ");
    }

    @Test
    void plainValuesAreSerialisable() throws Exception {
        assertThat(Json.plain(Json.parse("{\"a\":[1,\"x\",null,1.5,true]}")))
                .isInstanceOf(java.io.Serializable.class)
                .hasToString("{a=[1, x, null, 1.5, true]}");
    }

    @Test
    void plainValuesBecomeJson() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(new StringBuilder("text"), new StringBuilder("x"));
        map.put("none", null);
        map.put("set", new LinkedHashSet<>(List.of(1, 2L)));
        map.put("numbers", List.of(new BigInteger("9007199254740993"), new BigDecimal("1.50"), 1.5, 2.5f, true));

        assertThat(Json.fromPlain("body", map))
                .hasToString("{\"text\":\"x\",\"none\":null,\"set\":[1,2],\"numbers\":[9007199254740993,1.50,1.5,2.5,true]}");
        assertThat(Json.fromPlain("body", null).isNull()).isTrue();
    }

    @Test
    void whatIsNotPlainIsNamedWithItsPlaceAndNotTouched() {
        Object trap = new Object() {
            @SuppressWarnings("unused")
            public String getSecret() {
                throw new AssertionError("a getter was called");
            }

            @Override
            public String toString() {
                throw new AssertionError("toString was called");
            }
        };
        refused(new Thread(), "body: holds a Thread; expected maps, lists, texts, numbers and booleans");
        refused(Map.of("a", List.of(new AtomicInteger())), "body.a[0]: holds a AtomicInteger; expected maps");
        refused(Map.of("a", List.of(1, Double.NaN)), "body.a[1]: holds NaN; expected");
        refused(List.of(Float.POSITIVE_INFINITY), "body[0]: holds Infinity; expected");
        refused(Map.of("a", trap), "body.a: holds a ; expected");
        refused(Map.of(1, 1), "body: has a key that is Integer; expected texts as keys");
        refused(new int[] {1}, "body: holds a int[]; expected");
        refused('c', "body: holds a Character; expected");
    }

    @Test
    void valuesThatContainThemselvesAreRefused() {
        List<Object> list = new ArrayList<>();
        list.add(Map.of("again", list));

        refused(list, "body: is nested deeper than 200");
    }

    private static void refused(Object value, String message) {
        assertThatThrownBy(() -> Json.fromPlain("body", value))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(message);
    }
}
