package io.jenkins.plugins.understack.core.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each comparator with each kind of value; and what is said of filters that cannot work. */
class FilterProgramTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // value of the event, comparator, type, values, outcome
        "'\"a\"', equals, -, a, PASS",
        "'\"a\"', not-equals, -, a, REJECT",
        "'\"a\"', not-equals, -, b, PASS",
        "'\"a\"', -, -, a;b, PASS",
        "'\"c\"', -, -, a;b, REJECT",
        "'\"c\"', not-in, -, a;b, PASS",
        "'\"a\"', not-in, -, a;b, REJECT",
        "5, equals, -, 5, PASS",
        "5.0, equals, number, 5, PASS",
        "5, in, number, 1;5, PASS",
        "'\"5\"', equals, number, 5, ERROR",
        "9007199254740993, equals, number, 9007199254740992, REJECT",
        "1e999999999, greater, number, 1, ERROR",
        "5, greater, -, 4.9, PASS",
        "5, greater, -, 5, REJECT",
        "5, greater-or-equal, -, 5, PASS",
        "5, less, -, 5, REJECT",
        "5, less-or-equal, -, 5, PASS",
        "'\"5\"', greater, -, 4, ERROR",
        "true, equals, boolean, true, PASS",
        "'\"true\"', equals, boolean, true, ERROR",
        "true, equals, -, true, PASS",
        "'\"2026-11-21T10:00:00Z\"', greater, time, 2026-11-21T10:59:59+01:00, PASS",
        "'\"2026-11-21 10:00:00.123456\"', less, time, 2026-11-21T10:00:01Z, PASS",
        "'\"2026-11-21T10:00:00+0000\"', equals, time, 2026-11-21T10:00:00Z, PASS",
        "'\"yesterday\"', less, time, 2026-11-21T10:00:00Z, ERROR",
        "'\"a.b\"', matches, -, a, REJECT",
        "'\"a.b\"', matches, -, x;a.*, PASS",
        "'\"a.b\"', find, -, b$, PASS",
        "null, equals, -, null, REJECT",
        "null, not-equals, -, x, PASS",
        "null, greater, -, 1, ERROR",
        "null, matches, -, .*, REJECT",
        "null, null, -, -, PASS",
        "'\"null\"', null, -, -, REJECT",
        "null, exists, -, -, PASS",
        "null, missing, -, -, REJECT",
    })
    void compares(String value, String comparator, String type, String values, Outcome expected) {
        Decision decision = Strict.decide(Strict.filters(filter("v", comparator, type, values, false, null, null)), "{\"v\": " + value + "}");

        assertThat(decision.reasons()).singleElement().extracting(Decision.Reason::outcome).as(decision.toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // data, comparator, values, required, default, nullAs, outcome
        "{}, equals, a, false, -, -, REJECT",
        "{}, not-equals, a, false, -, -, REJECT",
        "{}, equals, a, true, -, -, ERROR",
        "{}, equals, a, false, a, -, PASS",
        "{}, equals, a, false, b, a, REJECT",
        "{v: null}, equals, a, true, -, -, REJECT",
        "{v: null}, equals, a, false, a, -, REJECT",
        "{v: null}, equals, a, false, -, a, PASS",
        "{v: null}, greater, 1, false, -, 2, PASS",
        "{}, missing, -, false, -, -, PASS",
        "{}, exists, -, false, -, -, REJECT",
        "{}, exists, -, true, -, -, ERROR",
        "{}, 'null', -, false, -, -, REJECT",
    })
    void missingAndNullHaveRulesOfTheirOwn(
            String data, String comparator, String values, boolean required, String otherwise, String nullAs, Outcome expected) {
        Sensor sensor = Strict.filters(filter("v", comparator, null, values, required, otherwise, nullAs));

        Decision decision = Strict.decide(sensor, data.replace("v", "\"v\""));

        assertThat(decision.reasons()).singleElement().extracting(Decision.Reason::outcome).as(decision.toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', value = {
        "equals           | -       | a;b | false | - | - | value: has 2 entries; expected one with equals, or the comparator in",
        "greater          | -       | 1;2 | false | - | - | value: has 2 entries",
        "greater          | text    | 1   | false | - | - | type: text has no order; expected number or time with greater",
        "less             | boolean | 1   | false | - | - | type: boolean has no order",
        "matches          | number  | 1   | false | - | - | type: number is no text",
        "greater          | -       | x   | false | - | - | value[0]: \"x\" is no number; expected one such as 42 or 1.5",
        "equals           | boolean | yes | false | - | - | value[0]: \"yes\" is no boolean; expected true or false",
        "less             | time    | now | false | - | - | value[0]: \"now\" is no time; expected one such as 2026-11-21T10:00:00Z",
        "greater          | -       | 1   | false | x | - | default: \"x\" is no number",
        "greater          | -       | 1   | false | - | x | nullAs: \"x\" is no number",
        "equals           | -       | a   | true  | b | - | default: is never used, because a missing value is an error with required",
        "exists           | -       | a   | false | - | - | value: is never used; expected none with exists",
        "missing          | -       | -   | true  | - | - | required: is never used",
        "null             | -       | -   | false | - | x | nullAs: is never used",
        "exists           | -       | -   | false | x | - | default: is never used",
        "equals           | -       | -   | false | - | - | value: is empty",
    })
    void refusesWhatCannotWork(
            String comparator, String type, String values, boolean required, String otherwise, String nullAs, String message) {
        assertThatThrownBy(() -> new FilterProgram("filters[0]", filter("v", comparator, type, values, required, otherwise, nullAs)))
                .hasMessageStartingWith(message);
    }

    /** All filters count, in whatever order: one that rejects rejects, else one that fails is an error, else all pass. */
    @Test
    void theOrderOfFiltersDoesNotMatter() {
        Random random = new Random(1);
        List<DataFilter> all = new ArrayList<>(List.of(
                filter("pass", "equals", null, "1", false, null, null),
                filter("reject", "equals", null, "1", false, null, null),
                filter("fail", "greater", null, "1", false, null, null)));
        for (int i = 0; i < 200; i++) {
            Collections.shuffle(all, random);
            List<DataFilter> some = all.subList(0, 1 + random.nextInt(3));
            Decision decision = Strict.decide(
                    Strict.filters(some.toArray(DataFilter[]::new)), "{\"pass\": 1, \"reject\": 2, \"fail\": \"x\"}");
            List<String> paths = some.stream().map(DataFilter::path).toList();
            assertThat(decision.verdict())
                    .as(paths.toString())
                    .isEqualTo(paths.contains("reject") ? Verdict.NO_MATCH : paths.contains("fail") ? Verdict.ERROR : Verdict.MATCH);
            assertThat(decision.reasons()).hasSize(some.size());
        }
    }

    private static DataFilter filter(
            String path, String comparator, String type, String values, boolean required, String otherwise, String nullAs) {
        return new DataFilter(
                path,
                comparator == null ? null : Comparator.parse(comparator),
                type == null ? null : ValueType.parse(type),
                values == null ? List.of() : Arrays.asList(values.split(";")),
                required,
                otherwise,
                nullAs);
    }
}
