package io.jenkins.plugins.understack.core.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataPathTest {
    private static final JsonNode DATA = json(
            """
            {"body": {"event_type": "a.b", "payload": {"ironic_object.data": {"uuid": "u1", "x\\\\y": 1}},
                      "alerts": [{"status": "firing"}, {"status": "resolved"}], "0": "key", "nothing": null}}
            """);

    @ParameterizedTest
    @CsvSource({
        "body.event_type, \"a.b\"",
        "body.payload.ironic_object\\.data.uuid, \"u1\"",
        "body.payload.ironic_object\\.data.x\\\\y, 1",
        "body.alerts.1.status, \"resolved\"",
        "body.0, \"key\"",
        "body.nothing, null",
    })
    void readsAsArgoDoes(String path, String expected) {
        assertThat(DataPath.parse("path", path).read(DATA)).hasToString(expected);
    }

    @Test
    void theWholeIsThis() {
        assertThat(DataPath.parse("path", "@this").read(DATA)).isSameAs(DATA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "body.missing", "body.alerts.2.status", "body.alerts.-1", "body.alerts.status", "body.event_type.x",
                "body.alerts.00000000000000000001", "Body"
            })
    void whatIsNotThereIsMissing(String path) {
        assertThat(DataPath.parse("path", path).read(DATA).isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "body..x", ".body", "body.\\", "body.", "a,b", "body.#(x", "@nothing", "a|", "[a,b"})
    void refusesWhatItCannotRead(String path) {
        assertThatThrownBy(() -> DataPath.parse("filters[0].path", path))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("filters[0].path: ")
                .hasMessageContaining("expected");
    }

    private static JsonNode json(String text) {
        try {
            return Json.parse(text);
        } catch (MalformedEventException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
