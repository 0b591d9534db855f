package io.jenkins.plugins.understack.workbench.argo.translate;

import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.path.GoFloat;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A piece of a jq program.
 *
 * @param kind what is known of its value without running it
 * @param whole whether it can be an operand without parentheses
 */
public record Jq(String text, Kind kind, boolean whole) {
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** What is known of a value. */
    public enum Kind {
        /** Some JSON value; a number is a float64. */
        ANY,
        /** Some JSON value or a whole number of Go, which never equals a float64. */
        MIXED,
        TEXT,
        BOOLEAN,
        NUMBER,
        /** A whole number that is not a float64. */
        INTEGER,
        /** Such a number or something that is no number at all: the first variable of a range. */
        KEY,
        LIST,
        OBJECT,
        NULL
    }

    /** A call, a literal, a variable. */
    public static Jq whole(String text, Kind kind) {
        return new Jq(text, kind, true);
    }

    public static Jq open(String text, Kind kind) {
        return new Jq(text, kind, false);
    }

    public static Jq text(String value) {
        return whole(quoted(value), Kind.TEXT);
    }

    /** @throws IllegalArgumentException for what JSON cannot carry */
    public static Jq number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not finite");
        }
        String text = GoFloat.format(value);
        // jackson-jq takes literals as int, so it needs the point of a larger one.
        boolean large = !text.contains(".") && Math.abs(value) > Integer.MAX_VALUE;
        return value < 0 ? open(text + (large ? ".0" : ""), Kind.NUMBER) : whole(text + (large ? ".0" : ""), Kind.NUMBER);
    }

    /** @param arguments each evaluated by itself: nothing in them may refer to {@code .} */
    public static Jq call(Kind kind, String function, Jq... arguments) {
        return whole(
                function + "(" + String.join("; ", Arrays.stream(arguments).map(Jq::text).toList()) + ")", kind);
    }

    /** One text of several. A list is made one element after the other, where + of jackson-jq nests them all on the stack. */
    public static Jq joined(List<Jq> texts) {
        if (texts.isEmpty()) {
            return text("");
        }
        List<String> operands = texts.stream().map(Jq::operand).toList();
        return switch (texts.size()) {
            case 1 -> texts.get(0);
            case 2 -> open(String.join(" + ", operands), Kind.TEXT);
            default -> open("[" + String.join(", ", operands) + "] | join(\"\")", Kind.TEXT);
        };
    }

    public String operand() {
        return whole ? text : "(" + text + ")";
    }

    /** A text as jq writes it. */
    public static String quoted(String value) {
        // JSON's escapes are jq's; a backslash is doubled, so that "\(" is no interpolation.
        return Json.MAPPER.valueToTree(value).toString();
    }

    /** {@code .name}, or {@code .["na-me"]}. */
    public static String member(String of, String name) {
        if (PLAIN_KEY.matcher(name).matches()) {
            return (of.equals(".") ? "" : of) + "." + name;
        }
        return of + "[" + quoted(name) + "]";
    }
}
