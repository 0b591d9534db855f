package io.jenkins.plugins.understack.core.sensor.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {
    private static final List<String> NAMES = List.of("a", "b-1", "c");

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "-, a;b-1;c, true",
        "-, a;b-1, false",
        "a && (b-1 || c), a;c, true",
        "a && (b-1 || c), b-1;c, false",
        "a && b-1 || c, c, true",
        "a||b-1&&c, b-1, false",
        "((a))||b-1||c, a, true",
    })
    void holds(String text, String present, boolean expected) {
        assertThat(Conditions.parse("conditions", text, NAMES).hold(Set.of(present.split(";")))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', value = {
        "a && > conditions: ends where the name of a dependency is expected",
        "(a || b-1 > conditions: ends where a closing parenthesis is expected",
        "a b-1 > conditions: has \"b-1\" where && or || is expected",
        "a && !c > conditions: has \"!c\"; expected names of dependencies, &&, || and parentheses",
        "a & c > conditions: has \"& c\"",
        "a && x > conditions: names \"x\", which is no dependency; expected some of [a, b-1, c]",
        "a && c > conditions: leaves out the dependency \"b-1\", which is never used then",
    })
    void refuses(String text, String message) {
        assertThatThrownBy(() -> Conditions.parse("conditions", text.strip(), NAMES))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void isBoundedInDepth() {
        String text = "(".repeat(10_000) + "a" + ")".repeat(10_000);

        assertThatThrownBy(() -> Conditions.parse("conditions", text, List.of("a"))).hasMessageContaining("nested deeper than 50");
    }

    @Test
    void whatIsPrintedMeansTheSame() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            Conditions conditions = random(random, 4);
            List<String> names = List.copyOf(conditions.names());
            Conditions again = Conditions.parse("conditions", conditions.toString(), names);
            for (int set = 0; set < 8; set++) {
                Set<String> present = new HashSet<>();
                for (int n = 0; n < NAMES.size(); n++) {
                    if ((set & 1 << n) != 0) {
                        present.add(NAMES.get(n));
                    }
                }
                assertThat(again.hold(present)).as(conditions.toString()).isEqualTo(conditions.hold(present));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a && b-1 || a && c, a && (b-1 || c)",
        "(a || b-1) && (a || c), a || b-1 && c",
        "a && (b-1 && c), (a && b-1) && c",
        "a || b-1 || c, c || b-1 || a",
        "a && (a || b-1) || c && a, a && (c || a) || a && b-1",
    })
    void followTheLawsOfAndAndOr(String one, String other) {
        for (int set = 0; set < 8; set++) {
            Set<String> present = new HashSet<>();
            for (int n = 0; n < NAMES.size(); n++) {
                if ((set & 1 << n) != 0) {
                    present.add(NAMES.get(n));
                }
            }
            assertThat(new ConditionsParser("x", one).parse().hold(present)).isEqualTo(new ConditionsParser("x", other).parse().hold(present));
        }
    }

    private static Conditions random(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return new Conditions.Name(NAMES.get(random.nextInt(NAMES.size())));
        }
        List<Conditions> parts = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            parts.add(random(random, depth - 1));
        }
        return random.nextBoolean() ? new Conditions.And(parts) : new Conditions.Or(parts);
    }
}
