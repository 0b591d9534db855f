package io.jenkins.plugins.understack.core.jq;

import java.lang.reflect.Field;
import net.thisptr.jackson.jq.internal.tree.binaryop.BinaryOperatorExpression.Operator;

/**
 * How operators bind, as in jq (its grammar, parser.y) and gojq: {@code and} closer than {@code or}, and {@code //} less than the
 * assignments. jackson-jq has {@code and} and {@code or} side by side, so that {@code true or false and false} was false, and reads
 * {@code .a = .b // 1} as {@code .a = (.b // 1)}. Its table cannot be replaced, only corrected; it is that of our own copy of the library.
 */
final class JqPrecedence {
    /** Between {@code and} (4) and the assignments (6); smaller numbers bind closer. */
    private static final int OR = 5;

    private static final int ALTERNATIVE = 7;

    private JqPrecedence() {}

    /** To be called before the first program is compiled. */
    static void correct() {
        set(Operator.OR, OR);
        set(Operator.DEFAULT, ALTERNATIVE);
    }

    private static void set(Operator operator, int precedence) {
        try {
            Field field = Operator.class.getDeclaredField("precedence");
            field.setAccessible(true);
            field.setInt(operator, precedence);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("jackson-jq has changed", e);
        }
    }
}
