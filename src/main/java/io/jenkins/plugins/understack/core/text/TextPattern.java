package io.jenkins.plugins.understack.core.text;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.List;

/**
 * A regular expression with the meaning of RE2. Those that sensors consist of, {@code ^baremetal.port.create.end$} or {@code
 * created|updated}, are compared directly; all others by RE2, whose time grows with the text and the expression, not faster.
 * Both are bounded. Thread-safe.
 */
public final class TextPattern {
    /** Steps that the automaton of an expression may have; about one for each character and each repetition of it. */
    static final int MOST_STEPS = 10_000;

    /** Steps times characters, where each step is looked at for each character: half a second. */
    static final long MOST_WORK = 50_000_000;

    /** The same without RE2, which takes longer for a step. */
    static final long MOST_PLAIN_WORK = 400_000_000;

    private final String text;
    private final List<PlainPattern> plain;
    private final Pattern pattern;
    private final long longest;

    /** The text is so long that this expression would take longer than a sensor may. */
    public static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLongException(String message) {
            super(message, null, false, false);
        }
    }

    private TextPattern(String text, List<PlainPattern> plain, Pattern pattern) {
        this.text = text;
        this.plain = plain;
        this.pattern = pattern;
        int plainSteps = plain.stream().mapToInt(PlainPattern::steps).sum();
        longest = pattern == null ? MOST_PLAIN_WORK / Math.max(1, plainSteps) : MOST_WORK / Math.max(1, pattern.programSize());
    }

    /** @throws InvalidFieldException naming {@code field} where {@code regex} is no RE2 expression or too large a one */
    public static TextPattern compile(String field, String regex) {
        try {
            return compile(regex, 0);
        } catch (PatternSyntaxException e) {
            throw new InvalidFieldException(
                    field, Quote.of(regex) + " is no RE2 regular expression: " + e.getDescription() + "; see https://github.com/google/re2/wiki/Syntax");
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(field, e.getMessage());
        }
    }

    /**
     * @param flags of re2j
     * @throws PatternSyntaxException where it is no expression
     * @throws IllegalArgumentException where it is too large
     */
    public static TextPattern compile(String regex, int flags) {
        // Before compiling, since what is compiled is what would be too large.
        if (PatternSize.steps(regex) > MOST_STEPS) {
            throw new IllegalArgumentException("is an expression of more than " + MOST_STEPS
                    + " steps; expected fewer characters, or smaller numbers in {}: every repetition counts");
        }
        List<PlainPattern> plain = flags == 0 ? PlainPattern.alternatives(regex) : List.of();
        return new TextPattern(regex, plain, plain.isEmpty() ? Pattern.compile(regex, flags) : null);
    }

    /**
     * Whether the expression fits somewhere in the text.
     *
     * @throws TooLongException where that would take too long to say
     */
    public boolean find(String text) {
        check(text);
        if (pattern == null) {
            for (PlainPattern alternative : plain) {
                if (alternative.find(text)) {
                    return true;
                }
            }
            return false;
        }
        return pattern.matcher(text).find();
    }

    /**
     * Whether the expression fits all of the text.
     *
     * @throws TooLongException where that would take too long to say
     */
    public boolean matches(String text) {
        if (pattern == null) {
            for (PlainPattern alternative : plain) {
                if (alternative.matches(text)) {
                    return true;
                }
            }
            return false;
        }
        check(text);
        return pattern.matches(text);
    }

    /** Whether RE2 is left out; for tests. */
    public boolean isPlain() {
        return pattern == null;
    }

    private void check(String text) {
        if (text.length() > longest) {
            throw new TooLongException("is a text of " + text.length() + " characters; expected " + longest + " at most for "
                    + Quote.of(this.text));
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
