package io.jenkins.plugins.understack.core.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoRules;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An array of a million elements, against every kind of condition: there is a decision, and the next event is not kept waiting. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LargeEventTest {
    private static final Event EVENT = event();

    private static Event event() {
        ObjectNode data = Json.MAPPER.createObjectNode();
        ArrayNode list = data.putArray("list");
        for (int i = 0; i < 1_000_000; i++) {
            list.add(i);
        }
        data.put("text", "abc,".repeat(1_250_000));
        return new Event("id", "source", "event", "webhook", "type", Instant.EPOCH, data);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "list.999999                 ; equals ; 999999   ; MATCH",
        "list.#                      ; equals ; 1000000  ; MATCH",
        "list.#(>999998)             ; equals ; 999999   ; MATCH",
        "list.#(>5)#|#               ; equals ; 999994   ; MATCH",
        "list                        ; find   ; 999999]$ ; MATCH",
        "text                        ; find   ; c,abc    ; MATCH",
        "text                        ; find   ; x        ; NO_MATCH",
    })
    void filters(String path, String comparator, String value, Verdict verdict) {
        DataFilter filter = new DataFilter(path, Comparator.parse(comparator), List.of(value));

        assertThat(decide(dependency(null, List.of(filter), null))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        ".list[999999] == 999999                           ; MATCH",
        ".list | length == 1000000                         ; MATCH",
        ".text | endswith(\"c,\")                        ; MATCH",
        ".text | test(\"x$\")                            ; NO_MATCH",
        "[.list[] | . as $x | $x, $x, $x] | length > 0     ; ERROR",
        "[.list[] as $x | .list[] | $x] | length > 0       ; ERROR",
        ".list | indices([range(100)]) | length == 1       ; ERROR",
    })
    void conditions(String where, Verdict verdict) {
        assertThat(decide(dependency(where, null, null))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{path: list.999999, type: number, value: [\"999999\"]}",
        "{path: 'list.#', type: number, comparator: '>=', value: [\"1000000\"]}",
        "{path: 'list.#(>999998)', type: number, value: [\"999999\"]}",
        "{path: list, type: string, value: ['999999.$']}",
        "{path: text, type: string, value: [c.abc]}",
    })
    void argo(String filter) {
        ArgoRules rules = new ArgoRules("filters:\n  data:\n    - " + filter + "\n");
        Sensor sensor =
                new Sensor("s", true, List.of(dependency(null, null, rules)), null, null, "job", List.of(), rules, null);

        assertThat(sensor.compile().decide(EVENT).verdict()).isEqualTo(Verdict.MATCH);
    }

    private static Dependency dependency(String where, List<DataFilter> filters, ArgoRules argo) {
        return new Dependency(null, new Origin("source", "event"), null, where, filters, null, argo);
    }

    private static Verdict decide(Dependency dependency) {
        return new Sensor("s", dependency, "job", List.of()).compile().decide(EVENT).verdict();
    }
}
