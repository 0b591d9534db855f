package io.jenkins.plugins.understack.core.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.understack.core.text.Quote;
import io.jenkins.plugins.understack.core.text.TextPattern;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/**
 * jq's {@code test(re)}, {@code test(re; flags)} and {@code test([re, flags])} with RE2, as gojq in Argo Events has it: its time
 * grows with the text, not exponentially. Flags are {@code i}, and {@code g}, which changes nothing.
 */
final class JqTestFunction implements Function {
    /** Compiled expressions that are kept. */
    private static final int MOST = 200;

    private static final int LONGEST = 1_000;

    private final Map<Key, TextPattern> patterns = new ConcurrentHashMap<>();

    private record Key(String expression, int flags) {}

    @Override
    public void apply(Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
            throws JsonQueryException {
        if (arguments.size() == 1) {
            arguments.get(0).apply(scope, in, value -> {
                boolean both = value.isArray() && value.size() > 0;
                output.emit(
                        test(in, both ? value.get(0) : value, both && value.size() > 1 ? value.get(1) : NullNode.getInstance()), null);
            });
        } else {
            arguments.get(1).apply(scope, in, flags -> arguments
                    .get(0)
                    .apply(scope, in, expression -> output.emit(test(in, expression, flags), null)));
        }
    }

    private JsonNode test(JsonNode in, JsonNode expression, JsonNode flags) throws JsonQueryException {
        if (!in.isTextual()) {
            throw new JsonQueryException("test takes texts; found " + type(in));
        }
        if (!expression.isTextual()) {
            throw new JsonQueryException("the expression of test is " + type(expression) + "; expected a text");
        }
        try {
            return BooleanNode.valueOf(pattern(expression.textValue(), flags(flags)).find(in.textValue()));
        } catch (PatternSyntaxException e) {
            throw new JsonQueryException(Quote.of(expression.textValue()) + " is no RE2 regular expression: " + e.getDescription());
        } catch (IllegalArgumentException e) {
            throw new JsonQueryException("the argument of test " + e.getMessage());
        } catch (TextPattern.TooLongException e) {
            throw new JsonQueryException("the input of test " + e.getMessage());
        }
    }

    private TextPattern pattern(String expression, int flags) {
        Key key = new Key(expression, flags);
        TextPattern pattern = patterns.get(key);
        if (pattern == null) {
            pattern = TextPattern.compile(expression, flags);
            if (expression.length() <= LONGEST) {
                if (patterns.size() >= MOST) {
                    // Expressions can come from events, and then there is no end of new ones.
                    patterns.clear();
                }
                patterns.put(key, pattern);
            }
        }
        return pattern;
    }

    private static int flags(JsonNode flags) throws JsonQueryException {
        int sum = 0;
        for (char flag : (flags.isNull() ? "" : flags.asText()).toCharArray()) {
            if (flag == 'i') {
                sum |= Pattern.CASE_INSENSITIVE;
            } else if (flag != 'g') {
                throw new JsonQueryException("test: flag \"" + flag + "\" is unknown; expected g or i");
            }
        }
        return sum;
    }

    private static String type(JsonNode value) {
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
