package io.jenkins.plugins.understack.core.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/**
 * A function that is written in Java, and so has no steps of its own. What it makes is taken from the budget before it begins,
 * as far as its input or an argument can make that large.
 *
 * @param name with the number of arguments: {@code split/1}
 */
record JqFunction(String name, Function function) implements Function {
    @Override
    public void apply(Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
            throws JsonQueryException {
        before(in);
        List<Expression> counted = switch (name) {
            case "join/1", "split/1", "contains/1", "index/1", "rindex/1", "indices/1" -> List.of(
                    each(arguments.get(0), value -> between(in, value)));
            case "setpath/2" -> List.of(
                    each(arguments.get(0), value -> JqBudget.bytes(JqSize.copied(in, value))),
                    each(arguments.get(1), JqBudget::walk));
            // Compared with each other.
            case "sort_by/1", "group_by/1", "min_by/1", "max_by/1" -> List.of(each(arguments.get(0), value -> {
                JqBudget.bytes(JqSize.ITEM);
                JqBudget.walk(value);
            }));
            case "pow/2", "atan2/2" -> arguments.stream().map(a -> each(a, value -> JqBudget.bytes(JqSize.ITEM))).toList();
            default -> arguments;
        };
        function.apply(
                scope,
                counted,
                in,
                path,
                (value, valuePath) -> {
                    if (value != in) {
                        JqBudget.bytes(JqSize.shallow(value));
                    }
                    output.emit(value, valuePath);
                },
                version);
    }

    private void before(JsonNode in) {
        switch (name) {
            case "tojson/0" -> JqBudget.bytes(JqSize.text(JqSize.json(in)));
            case "tostring/0" -> {
                if (!in.isTextual()) {
                    JqBudget.bytes(JqSize.text(JqSize.json(in)));
                }
            }
            // Up to six characters for one, and a copy.
            case "@html/0", "@sh/0", "@csv/0", "@tsv/0", "@base64/0", "@base64d/0" -> JqBudget.bytes(6 * JqSize.text(JqSize.json(in)));
            // Up to nine, in several rounds.
            case "@uri/0" -> JqBudget.bytes(18 * JqSize.text(JqSize.json(in)));
            case "fromjson/0" -> {
                if (in.isTextual()) {
                    JqBudget.bytes(JqSize.parsed(in.textValue()));
                }
            }
            case "explode/0" -> {
                if (in.isTextual()) {
                    JqBudget.bytes((long) JqSize.ITEM * in.textValue().length());
                }
            }
            case "to_entries/0", "from_entries/0", "keys/0", "keys_unsorted/0", "reverse/0", "implode/0", "sort_by/1", "group_by/1",
                    "min_by/1", "max_by/1" -> JqBudget.bytes(4 * JqSize.texts(in.size()));
            case "delpaths/1" -> JqBudget.bytes(JqSize.texts(JqSize.values(in)));
            default -> {
                // Makes one small value, or one for each output of an argument, which has its steps.
            }
        }
    }

    /** For functions whose cost is that of input times argument. */
    private void between(JsonNode in, JsonNode argument) {
        if (in.isTextual() && argument.isTextual()) {
            if (!name.equals("contains/1")) {
                JqOperator.split(in, argument);
            }
        } else if (name.equals("join/1")) {
            JqBudget.bytes(JqSize.text(JqSize.json(in) + (long) in.size() * argument.asText().length()));
        } else if (argument.isContainerNode()) {
            JqBudget.values(JqSize.values(in) * JqSize.values(argument));
        }
    }

    private interface Look {
        void at(JsonNode value);
    }

    private static Expression each(Expression argument, Look look) {
        return (scope, in, path, output, requirePath) -> argument.apply(
                scope,
                in,
                path,
                (value, valuePath) -> {
                    look.at(value);
                    output.emit(value, valuePath);
                },
                requirePath);
    }
}
