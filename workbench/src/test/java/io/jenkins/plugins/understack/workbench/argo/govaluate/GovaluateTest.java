package io.jenkins.plugins.understack.workbench.argo.govaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.workbench.argo.Soup;
import io.jenkins.plugins.understack.workbench.argo.translate.Translation;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GovaluateTest {
    private static final List<String> OPERATORS = List.of(
            "?", ":", "??", "||", "&&", "==", "!=", "<", "<=", ">", ">=", "=~", "!~", "in", "+", "-", "*", "/", "%", "**");

    @Test
    void whatIsPrintedReadsAsTheSame() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            Node node = node(random, 4);
            assertThat(Govaluate.parse(node.toString())).as(node.toString()).isEqualTo(node);
        }
    }

    private static Node node(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return switch (random.nextInt(4)) {
                case 0 -> new Node.Literal((double) random.nextInt(1000) / 8);
                case 1 -> new Node.Literal(List.of("text", "it's", "a \"b\" \\", "").get(random.nextInt(4)));
                case 2 -> new Node.Literal(random.nextBoolean());
                default -> new Node.Name(List.of("a", "x-y", "a ] b", "\\").get(random.nextInt(4)));
            };
        }
        return switch (random.nextInt(6)) {
            case 0 -> new Node.Prefix(random.nextBoolean() ? "!" : "-", node(random, depth - 1));
            case 1 -> new Node.Elements(List.of(node(random, depth - 1), node(random, depth - 1)));
            default -> new Node.Binary(
                    OPERATORS.get(random.nextInt(OPERATORS.size())), regexFree(node(random, depth - 1)), regexFree(node(random, depth - 1)));
        };
    }

    /** A backslash at its end is no regular expression. */
    private static Node regexFree(Node node) {
        return node instanceof Node.Literal literal && literal.value() instanceof String ? new Node.Literal("text") : node;
    }

    @Test
    void randomTextIsTranslatedOrRefused() {
        Soup.check(
                List.of(
                        "a", "b", "1", "2.5", "'x'", "\"y\"", "true", "(", ")", ", ", " + ", " - ", " * ", " == ", " != ", " < ", " && ", " || ",
                        " ? ", " : ", " ?? ", " in ", " =~ ", "!", "-", "[a]", " ", "\\", "~", "0x1", "'2020-01-01'"),
                text -> Govaluate.toJq(text, Set.of("a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "!(", "a + ", "a ? ", "(a, "})
    void depthIsBounded(String open) {
        Soup.checkDepth(open, text -> Govaluate.toJq(text, Set.of("a")));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '^', value = {
        "a == \"b\" || c == 10          => (.a == \"b\") or (.c == 10)",
        "!(a == 1)                      => (.a == 1) | not",
        "[x-y] != 'it'                  => .[\"x-y\"] != \"it\"",
        "1 + 2 * 3 == 7                 => (1 + (2 * 3)) == 7",
    })
    void whatNeedsNoChecksIsPlainJq(String expression, String jq) {
        assertThat(Govaluate.toJq(expression, Set.of("a", "c", "x-y"))).isEqualTo(new Translation.Program(jq));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '^', value = {
        "a & 1 == 1                     => column 3: the bit operator & has no counterpart in jq",
        "a == '2014-01-02'              => column 6: \"2014-01-02\" reads as a date",
        "a.b == 1                       => column 1: a.b reaches into a field",
        "f(a)                           => column 1: there is no function f in Argo Events",
        "a ==                           => column 5: the expression ends; expected a value",
        "a ==-1                         => column 3: \"==-\" is no operator in Argo Events either; is a space missing?",
        "a =~ '['                       => column 6: \"[\" is no RE2 regular expression",
        "'a                             => column 1: what begins here does not end; expected a quote",
        "1, 2                           => column 2: a list is no condition",
    })
    void refusalsNameTheConstructAndItsPlace(String expression, String reason) {
        assertThat(((Translation.Refused) Govaluate.toJq(expression, Set.of("a"))).reason()).startsWith(reason);
    }
}
