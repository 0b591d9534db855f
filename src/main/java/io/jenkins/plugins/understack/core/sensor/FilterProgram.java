package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.path.DataPath;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A {@link DataFilter} with path and expressions compiled. */
final class FilterProgram {
    private final DataPath path;
    private final List<Predicate<String>> tests;
    private final String expectation;

    FilterProgram(DataFilter filter) {
        path = DataPath.parse("path", filter.path());
        tests = new ArrayList<>();
        for (int i = 0; i < filter.value().size(); i++) {
            tests.add(test(filter.comparator(), "value[" + i + "]", filter.value().get(i)));
        }
        expectation = switch (filter.comparator()) {
            case EQUALS -> "expected ";
            case MATCHES -> "expected all of it to match ";
            case FIND -> "expected to find in it ";
        } + String.join(" or ", filter.value().stream().map(Quote::of).toList());
    }

    private static Predicate<String> test(DataFilter.Comparator comparator, String field, String value) {
        if (comparator == DataFilter.Comparator.EQUALS) {
            return value::equals;
        }
        try {
            Pattern pattern = Pattern.compile(value);
            return comparator == DataFilter.Comparator.MATCHES
                    ? pattern::matches
                    : text -> pattern.matcher(text).find();
        } catch (PatternSyntaxException e) {
            throw new InvalidFieldException(
                    field, Quote.of(value) + " is no RE2 regular expression: " + e.getDescription() + "; see https://github.com/google/re2/wiki/Syntax");
        }
    }

    Reason evaluate(String part, JsonNode data) {
        JsonNode value = path.read(data);
        if (value.isMissingNode()) {
            return new Reason(part, Outcome.REJECT, path + " is missing; " + expectation);
        }
        String text = Json.text(value);
        boolean pass = tests.stream().anyMatch(test -> test.test(text));
        String found = value.isNull() ? "null" : Quote.of(text);
        return new Reason(part, pass ? Outcome.PASS : Outcome.REJECT, path + " is " + found + "; " + expectation);
    }
}
