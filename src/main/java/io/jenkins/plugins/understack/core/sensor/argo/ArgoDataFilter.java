package io.jenkins.plugins.understack.core.sensor.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.path.DataPath;
import io.jenkins.plugins.understack.core.path.GoBool;
import io.jenkins.plugins.understack.core.path.GoFloat;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.text.Quote;
import io.jenkins.plugins.understack.core.text.TextPattern;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One entry of {@code filters.data}. Any of its values may fit; mistakes in a value are found when it is reached. */
final class ArgoDataFilter {
    private final String part;
    private final DataPath path;
    private final String type;
    private final String comparator;
    private final List<String> values;
    private final ArgoTemplate template;
    private final String expectation;
    private final Map<String, TextPattern> patterns = new HashMap<>();

    /** @param part for example {@code argo.filters.data[0]} */
    ArgoDataFilter(String part, Block block) {
        this.part = part;
        block.only("path", "type", "value", "comparator", "jq");
        String text = block.text("path", "");
        // An empty path is no mistake in a sensor of Argo: it leads nowhere.
        path = text.isEmpty() ? null : DataPath.asArgoReadsIt(part + ".path", text);
        type = block.text("type", "");
        comparator = block.text("comparator", "");
        values = block.texts("value");
        template = ArgoTemplate.compile(part + ".jq", block.text("jq", null));
        expectation = "; expected " + type + " " + (comparator.isEmpty() ? "=" : comparator) + " "
                + String.join(" or ", values.stream().map(Quote::of).toList());
        if (type.equals("string")) {
            for (String value : values) {
                try {
                    patterns.put(value, TextPattern.compile(part, value));
                } catch (InvalidFieldException e) {
                    // Left out: an error when it is reached.
                }
            }
        }
    }

    Reason evaluate(JsonNode data) {
        JsonNode value = path == null ? MissingNode.getInstance() : path.read(data);
        if (value.isMissingNode()) {
            return error("path '" + (path == null ? "" : path) + "' does not exist");
        }
        if (values.isEmpty()) {
            return error("no values specified");
        }
        if (template != null) {
            String text = template.render(TextNode.valueOf(ArgoText.text(value)));
            if (text == null) {
                return error("template evaluated to empty string or no value");
            }
            value = TextNode.valueOf(text);
        }
        return switch (type) {
            case "string" -> texts(value);
            case "number" -> numbers(value);
            case "bool" -> booleans(value);
            default -> error("unsupported JSON type '" + type + "'");
        };
    }

    private Reason texts(JsonNode value) {
        String text = ArgoText.text(value);
        for (String wanted : values) {
            TextPattern pattern = patterns.get(wanted);
            if (pattern == null) {
                return error(Quote.of(wanted) + " is no RE2 regular expression");
            }
            boolean found;
            try {
                found = pattern.find(text);
            } catch (TextPattern.TooLongException e) {
                return error(path + " " + e.getMessage());
            }
            // Other comparators never match.
            if (comparator.equals("!=") ? !found : (comparator.isEmpty() || comparator.equals("=")) && found) {
                return pass(text);
            }
        }
        return reject(text);
    }

    private Reason numbers(JsonNode value) {
        double number = ArgoText.number(value);
        for (String wanted : values) {
            Double with = GoFloat.parse(wanted);
            if (with == null) {
                return error(Quote.of(wanted) + " is no number");
            }
            boolean holds = switch (comparator) {
                case ">=" -> number >= with;
                case ">" -> number > with;
                case "<" -> number < with;
                case "<=" -> number <= with;
                case "!=" -> number != with;
                case "=", "" -> number == with;
                default -> false;
            };
            if (holds) {
                return pass(GoFloat.format(number));
            }
        }
        return reject(GoFloat.format(number));
    }

    /** The comparator is not looked at. */
    private Reason booleans(JsonNode value) {
        boolean truth = value.isBoolean() && value.booleanValue()
                || value.isNumber() && value.doubleValue() != 0
                || value.isTextual()
                        && GoBool.parse(value.textValue().toLowerCase(Locale.ROOT)).orElse(false);
        for (String wanted : values) {
            var with = GoBool.parse(wanted);
            if (with.isEmpty()) {
                return error(Quote.of(wanted) + " is no truth value");
            }
            if (with.get() == truth) {
                return pass(Boolean.toString(truth));
            }
        }
        return reject(Boolean.toString(truth));
    }

    private Reason pass(String found) {
        return reason(Outcome.PASS, found);
    }

    private Reason reject(String found) {
        return reason(Outcome.REJECT, found);
    }

    private Reason reason(Outcome outcome, String found) {
        return new Reason(part, outcome, path + " is " + Quote.of(found) + expectation);
    }

    private Reason error(String what) {
        return new Reason(part, Outcome.ERROR, what);
    }
}
