package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.path.DataPath;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.text.Quote;
import io.jenkins.plugins.understack.core.text.TextPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A {@link DataFilter} with path, values and expressions compiled. */
final class FilterProgram {
    private final String part;
    private final DataFilter filter;
    private final DataPath path;
    private final List<Comparable<?>> values = new ArrayList<>();
    private final List<Predicate<String>> patterns = new ArrayList<>();
    private final String expectation;

    /** @throws InvalidFieldException naming the field that cannot be used */
    FilterProgram(String part, DataFilter filter) {
        this.part = part;
        this.filter = filter;
        path = DataPath.parse("path", filter.path());
        for (int i = 0; i < filter.value().size(); i++) {
            String field = "value[" + i + "]";
            String value = filter.value().get(i);
            if (filter.comparator().isPattern()) {
                patterns.add(pattern(field, value));
            } else {
                values.add(filter.type().read(field, value));
            }
        }
        for (String stand : new String[] {filter.otherwise(), filter.nullAs()}) {
            if (stand != null) {
                filter.type().read(stand.equals(filter.otherwise()) ? "default" : "nullAs", stand);
            }
        }
        expectation = "expected " + expectation();
    }

    private Predicate<String> pattern(String field, String value) {
        TextPattern pattern = TextPattern.compile(field, value);
        return filter.comparator() == Comparator.MATCHES ? pattern::matches : pattern::find;
    }

    private String expectation() {
        String type = filter.type() == ValueType.TEXT ? "" : filter.type().label() + " ";
        String any = type + String.join(" or ", filter.value().stream().map(Quote::of).toList());
        return switch (filter.comparator()) {
            case EQUALS, IN -> any;
            case NOT_EQUALS, NOT_IN -> "anything but " + any;
            case MATCHES -> "all of it to match " + any;
            case FIND -> "to find in it " + any;
            case GREATER -> "more than " + any;
            case GREATER_OR_EQUAL -> "at least " + any;
            case LESS -> "less than " + any;
            case LESS_OR_EQUAL -> "at most " + any;
            case EXISTS -> "it to be there";
            case MISSING -> "it to be missing";
            case NULL -> "null";
        };
    }

    DataFilter filter() {
        return filter;
    }

    Reason evaluate(JsonNode data) {
        JsonNode value = path.read(data);
        if (filter.comparator().isPresence()) {
            return presence(value);
        }
        if (value.isMissingNode()) {
            if (filter.otherwise() == null) {
                return reason(filter.required() ? Outcome.ERROR : Outcome.REJECT, " is missing; ");
            }
            return compare(filter.type().read("default", filter.otherwise()), " is missing, so it counts as " + Quote.of(filter.otherwise()));
        }
        if (value.isNull()) {
            if (filter.nullAs() == null) {
                return reason(ofNull(), " is null; ");
            }
            return compare(filter.type().read("nullAs", filter.nullAs()), " is null, so it counts as " + Quote.of(filter.nullAs()));
        }
        Comparable<?> read = filter.type().read(value);
        String found = " is " + Quote.of(Json.text(value));
        return read == null ? reason(Outcome.ERROR, found + ", no " + filter.type().label() + "; ") : compare(read, found);
    }

    /** Null differs from every value, and has no order. */
    private Outcome ofNull() {
        return switch (filter.comparator()) {
            case NOT_EQUALS, NOT_IN -> Outcome.PASS;
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> Outcome.ERROR;
            default -> Outcome.REJECT;
        };
    }

    private Reason presence(JsonNode value) {
        boolean missing = value.isMissingNode();
        String found = missing ? " is missing; " : value.isNull() ? " is null; " : " is there; ";
        if (missing && filter.required()) {
            return reason(Outcome.ERROR, found);
        }
        boolean pass = switch (filter.comparator()) {
            case EXISTS -> !missing;
            case MISSING -> missing;
            default -> value.isNull();
        };
        return reason(pass ? Outcome.PASS : Outcome.REJECT, found);
    }

    private Reason compare(Comparable<?> value, String found) {
        try {
            return reason(holds(value) ? Outcome.PASS : Outcome.REJECT, found + "; ");
        } catch (TextPattern.TooLongException e) {
            return new Reason(part, Outcome.ERROR, path + " " + e.getMessage());
        }
    }

    /** @param value of the type of this filter */
    boolean holds(Comparable<?> value) {
        return switch (filter.comparator()) {
            case EQUALS, IN -> values.stream().anyMatch(wanted -> order(value, wanted) == 0);
            case NOT_EQUALS, NOT_IN -> values.stream().noneMatch(wanted -> order(value, wanted) == 0);
            case MATCHES, FIND -> patterns.stream().anyMatch(pattern -> pattern.test((String) value));
            case GREATER -> order(value, values.get(0)) > 0;
            case GREATER_OR_EQUAL -> order(value, values.get(0)) >= 0;
            case LESS -> order(value, values.get(0)) < 0;
            case LESS_OR_EQUAL -> order(value, values.get(0)) <= 0;
            case EXISTS -> true;
            case MISSING, NULL -> false;
        };
    }

    /** Both are of the type of the filter. */
    @SuppressWarnings("unchecked")
    static int order(Comparable<?> one, Comparable<?> other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    List<Comparable<?>> values() {
        return values;
    }

    private Reason reason(Outcome outcome, String found) {
        return new Reason(part, outcome, path + found + expectation);
    }
}
