package io.jenkins.plugins.understack.core.sensor.correlation;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.correlation.Conditions.And;
import io.jenkins.plugins.understack.core.sensor.correlation.Conditions.Name;
import io.jenkins.plugins.understack.core.sensor.correlation.Conditions.Or;
import io.jenkins.plugins.understack.core.text.Quote;
import java.util.ArrayList;
import java.util.List;

/** Recursive descent: {@code &&} binds closer than {@code ||}. */
final class ConditionsParser {
    private static final Pattern TOKEN = Pattern.compile("\\s*(&&|\\|\\||[()]|[A-Za-z0-9._-]+)\\s*");
    private static final int DEEPEST = 50;

    private final String field;
    private final List<String> tokens = new ArrayList<>();
    private int next;
    private int depth;

    ConditionsParser(String field, String text) {
        this.field = field;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new InvalidFieldException(
                        field, "has " + Quote.of(text.substring(end)) + "; expected names of dependencies, &&, || and parentheses");
            }
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
    }

    Conditions parse() {
        Conditions conditions = or();
        if (next < tokens.size()) {
            throw unexpected("&& or ||");
        }
        return conditions;
    }

    private Conditions or() {
        List<Conditions> parts = new ArrayList<>(List.of(and()));
        while (take("||")) {
            parts.add(and());
        }
        return parts.size() == 1 ? parts.get(0) : new Or(List.copyOf(parts));
    }

    private Conditions and() {
        List<Conditions> parts = new ArrayList<>(List.of(one()));
        while (take("&&")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.get(0) : new And(List.copyOf(parts));
    }

    private Conditions one() {
        if (take("(")) {
            if (++depth > DEEPEST) {
                throw new InvalidFieldException(field, "is nested deeper than " + DEEPEST + " parentheses");
            }
            Conditions inner = or();
            if (!take(")")) {
                throw unexpected("a closing parenthesis");
            }
            depth--;
            return inner;
        }
        if (next == tokens.size() || "&&||()".contains(tokens.get(next))) {
            throw unexpected("the name of a dependency");
        }
        return new Name(tokens.get(next++));
    }

    private boolean take(String token) {
        if (next < tokens.size() && tokens.get(next).equals(token)) {
            next++;
            return true;
        }
        return false;
    }

    private InvalidFieldException unexpected(String expected) {
        String found = next == tokens.size() ? "ends" : "has \"" + tokens.get(next) + "\"";
        return new InvalidFieldException(field, found + " where " + expected + " is expected");
    }
}
