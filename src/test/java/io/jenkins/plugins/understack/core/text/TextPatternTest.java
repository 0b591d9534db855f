package io.jenkins.plugins.understack.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {
    /** With a pair of surrogates, a half of one, and what ends lines here or there. */
    private static final String[] LETTERS = {"a", "b", "ab", "A", ".", "\n", "\r", "\u2028", "é", "😀", "\ud83d", "\ude00", "$", "|", "{", "}", "]"};
    private static final String[] PARTS = {
        "a", "b", "ab", "A", "\n", "\r", "é", "😀", ".", ".", ".", "\\.", "\\$", "\\|", "\\^", "\\\\", "^", "$", "|", "|", "a*", ".*", ".+", "b?", "(a|b)",
        "[ab]", "\\n", "{", "}", "]", "{2}", "\\w", "\\Qa.\\E", "(?i)a", "\\ud83d", "(", ")", "\ud83d", "(?s)."};

    @Test
    void everyExpressionMeansWhatItMeansToRe2() {
        Random random = new Random(7);
        int plain = 0;
        int compiled = 0;
        for (int i = 0; i < 40_000; i++) {
            String regex = text(random, PARTS, 5);
            Pattern expected;
            try {
                expected = Pattern.compile(regex);
            } catch (RuntimeException e) {
                assertThatThrownBy(() -> TextPattern.compile("value", regex)).as(regex).isInstanceOf(InvalidFieldException.class);
                continue;
            }
            TextPattern pattern = TextPattern.compile("value", regex);
            plain += pattern.isPlain() ? 1 : 0;
            compiled++;
            for (int j = 0; j < 8; j++) {
                String text = text(random, LETTERS, 6);
                assertThat(pattern.find(text)).as("find %s in %s", regex, text).isEqualTo(expected.matcher(text).find());
                assertThat(pattern.matches(text)).as("match %s and %s", regex, text).isEqualTo(expected.matches(text));
            }
        }
        assertThat(plain).isBetween(compiled / 10, compiled / 10 * 9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"baremetal.port.create.end", "^baremetal\\.port\\.create\\.end$", "created|^updated|deleted$", "iLO", "wanted", ""})
    void whatSensorsConsistOfIsComparedDirectly(String regex) {
        assertThat(TextPattern.compile("value", regex).isPlain()).isTrue();
    }

    @Test
    void theSizeIsNotUnderestimated() {
        Random random = new Random(11);
        String[] parts = {"a", ".", "(", ")", "(?:", "|", "*", "+", "?", "{2}", "{3,}", "{2,7}", "{30}", "[a-z]", "[]a]", "[^]]", "[[:alpha:]]",
            "\\d", "\\pL", "\\p{Greek}", "\\x{10FFFF}", "\\Qa{9}b\\E", "^", "$", "\\{", "{", "{a}", "(?P<n>", "(?i)", "\\b"};
        int compiled = 0;
        for (int i = 0; i < 40_000; i++) {
            String regex = text(random, parts, 12);
            if (PatternSize.steps(regex) > 100_000) {
                continue;
            }
            try {
                // A few steps are there for the whole.
                assertThat((long) Pattern.compile(regex).programSize()).as(regex).isLessThanOrEqualTo(2 * PatternSize.steps(regex) + 4);
                compiled++;
            } catch (RuntimeException e) {
                // No expression.
            }
        }
        assertThat(compiled).isGreaterThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(x{1000}){1000}", "((x{100}){100}){100}", "(((((x{9}){9}){9}){9}){9}){9}", "[a-z]{999}(x{1,999}y{1,999}){9}"})
    void anExpressionThatWouldGrowIsRefused(String regex) {
        assertThatThrownBy(() -> TextPattern.compile("value[0]", regex))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("value[0]: is an expression of more than 10000 steps; expected fewer characters, or smaller numbers in {}:"
                        + " every repetition counts");
    }

    /** Ten thousand characters are ten thousand steps, so the text must be short. */
    @Test
    void aLongExpressionTakesShortTexts() {
        TextPattern pattern = TextPattern.compile("value", "(x|y)" + "x".repeat(9_990));

        assertThat(pattern.find("x".repeat(4_900))).isFalse();
        assertThatThrownBy(() -> pattern.find("x".repeat(10_000)))
                .isInstanceOf(TextPattern.TooLongException.class)
                .hasMessageContaining("is a text of 10000 characters; expected ")
                .hasMessageContaining(" at most for \"(x|y)xxx");
        assertThatThrownBy(() -> TextPattern.compile("value", "(x|y)" + "x".repeat(10_000))).isInstanceOf(InvalidFieldException.class);
    }

    @Test
    void whatSensorsConsistOfTakesAWholeEvent() {
        String event = "baremetal.port.".repeat(400_000);

        assertThat(TextPattern.compile("value", "baremetal.port.create").find(event)).isFalse();
        assertThat(TextPattern.compile("value", "port.baremetal").find(event)).isTrue();
        assertThatThrownBy(() -> TextPattern.compile("value", "(x?){100}").find(event)).isInstanceOf(TextPattern.TooLongException.class);
    }

    /** Two hundred dots would be looked at for each of millions of characters. */
    @Test
    void alsoPlainExpressionsAreBounded() {
        String event = "baremetal.port.".repeat(400_000);
        for (String regex : new String[] {".".repeat(150) + "!", "!|" + ".".repeat(150) + "!", ".".repeat(150) + "!$"}) {
            TextPattern pattern = TextPattern.compile("value", regex);

            assertThat(pattern.isPlain()).isTrue();
            assertThatThrownBy(() -> pattern.find(event))
                    .isInstanceOf(TextPattern.TooLongException.class)
                    .hasMessageStartingWith("is a text of 6000000 characters; expected ");
            assertThat(pattern.matches(event)).isFalse();
        }
        // What stands at the beginning only is looked at once.
        assertThat(TextPattern.compile("value", "^" + ".".repeat(150)).find(event)).isTrue();
    }

    @Test
    void whatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> TextPattern.compile("value", "(")).hasMessageStartingWith("value: \"(\" is no RE2 regular expression: missing");
    }

    private static String text(Random random, String[] parts, int most) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(most + 1); n > 0; n--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }
}
