package io.jenkins.plugins.understack.core.jq;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.JsonQueryFunction;

/** The functions that programs of sensors may call. */
final class JqBuiltins {
    /** All that ends in Oniguruma, whose time grows exponentially with the text for expressions like {@code ^(a+)+$}. */
    private static final List<String> BACKTRACKING = List.of(
            "match/1", "match/2", "capture/1", "capture/2", "scan/1", "scan/2", "split/2", "splits/1", "splits/2", "sub/2",
            "sub/3", "gsub/2", "gsub/3", "_match_impl/3", "_sub_impl/3");

    private JqBuiltins() {}

    static Scope load() {
        JqPrecedence.correct();
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, scope);
        scope.getLocalFunctions().values().stream().filter(f -> f instanceof JsonQueryFunction).forEach(JqSteps::into);
        scope.getLocalFunctions().forEach((name, function) -> {
            if (!(function instanceof JsonQueryFunction)) {
                scope.addFunction(name, new JqFunction(name, function));
            }
        });
        scope.addFunction("ascii_downcase", 0, ofText("ascii_downcase", c -> c >= 'A' && c <= 'Z' ? (char) (c + 32) : c));
        scope.addFunction("ascii_upcase", 0, ofText("ascii_upcase", c -> c >= 'a' && c <= 'z' ? (char) (c - 32) : c));
        // Shows the inside of the engine.
        scope.addFunction("debug_scope", 0, refused("debug_scope is not available in sensors"));
        // The controller's environment holds secrets.
        scope.addFunction("env", 0, refused("env is not available in sensors"));
        for (String function : BACKTRACKING) {
            String name = function.substring(0, function.indexOf('/'));
            scope.addFunction(function, refused(name + " is not available in sensors, because its expressions backtrack;"
                    + " use test(\"…\") with an RE2 expression, or filters"));
        }
        scope.addFunction("test", 1, new JqTestFunction());
        scope.addFunction("test", 2, new JqTestFunction());
        for (int arguments = 1; arguments <= 3; arguments++) {
            scope.addFunction("range", arguments, counted(scope.getFunction("range", arguments)));
        }
        return scope;
    }

    private interface Letter {
        char of(char c);
    }

    /** In jackson-jq these make an array of numbers first, a hundred times as large as the text. */
    private static Function ofText(String name, Letter letter) {
        return (scope, arguments, in, path, output, version) -> {
            if (!in.isTextual()) {
                throw new JsonQueryException(name + " takes texts; found " + in.getNodeType().name().toLowerCase(Locale.ROOT));
            }
            JqBudget.bytes(2 * JqSize.shallow(in));
            char[] text = in.textValue().toCharArray();
            for (int i = 0; i < text.length; i++) {
                text[i] = letter.of(text[i]);
            }
            output.emit(TextNode.valueOf(new String(text)), null);
        };
    }

    private static Function refused(String message) {
        return (scope, arguments, in, path, output, version) -> {
            throw new JsonQueryException(message);
        };
    }

    /** The one generator that is written in Java, and so has no steps of its own. */
    private static Function counted(Function generator) {
        return (scope, arguments, in, path, output, version) -> generator.apply(
                scope,
                arguments,
                in,
                path,
                (item, itemPath) -> {
                    JqBudget.item();
                    output.emit(item, itemPath);
                },
                version);
    }
}
