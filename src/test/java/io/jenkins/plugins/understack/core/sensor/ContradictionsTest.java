package io.jenkins.plugins.understack.core.sensor;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pairs of filters on one path. */
class ContradictionsTest {
    @ParameterizedTest
    @CsvSource({
        "equals, a, equals, b",
        "equals, a, not-equals, a",
        "in, a;b, not-in, b;a",
        "equals, node.update, matches, port.*",
        "find, ^x, in, a;b",
        "greater, 5, less, 5",
        "greater-or-equal, 5, less, 5",
        "less-or-equal, 4, greater, 5",
        "missing, '', equals, a",
        "exists, '', missing, ''",
        "null, '', equals, a",
        "null, '', missing, ''",
    })
    void canNeverBothPass(String one, String value, String other, String otherValue) {
        assertThatThrownBy(() -> Strict.filters(filter(one, value), filter(other, otherValue)).compile())
                .hasMessage("filters[1]: can never pass together with filters[0], which looks at the same path");
    }

    @ParameterizedTest
    @CsvSource({
        "in, a;b, in, b;c",
        "in, a;b, not-equals, a",
        "equals, node.update, find, node",
        "greater, 4, less, 5",
        "greater-or-equal, 5, less-or-equal, 5",
        "exists, '', equals, a",
        "null, '', not-equals, a",
        "not-equals, a, not-equals, b",
    })
    void canBothPass(String one, String value, String other, String otherValue) {
        assertThatCode(() -> Strict.filters(filter(one, value), filter(other, otherValue)).compile()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"equals, a", "greater, 1", "exists, ''"})
    void theSameTwiceIsNeverUsed(String comparator, String value) {
        assertThatThrownBy(() -> Strict.filters(filter(comparator, value), filter(comparator, value)).compile())
                .hasMessage("filters[1]: is never used; filters[0] is the same");
    }

    private static DataFilter filter(String comparator, String values) {
        return new DataFilter("v", Comparator.parse(comparator), values.isEmpty() ? List.of() : List.of(values.split(";")));
    }
}
