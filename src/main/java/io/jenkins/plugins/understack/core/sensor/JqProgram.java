package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** A compiled jq program. Thread-safe. Programs see neither the environment nor files. */
final class JqProgram {
    private static final Scope BUILTINS = builtins();

    private final JsonQuery query;

    private JqProgram(JsonQuery query) {
        this.query = query;
    }

    private static Scope builtins() {
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, scope);
        // The controller's environment holds secrets.
        scope.addFunction("env", 0, (s, args, in, path, output, version) -> {
            throw new JsonQueryException("env is not available in sensors");
        });
        return scope;
    }

    static JqProgram compile(String field, String text) {
        try {
            return new JqProgram(JsonQuery.compile(text, Versions.JQ_1_7));
        } catch (JsonQueryException e) {
            throw new InvalidFieldException(field, "is no jq program: " + firstLine(e.getMessage()));
        }
    }

    /**
     * The first output, as Argo Events takes it.
     *
     * @throws JsonQueryException when the program fails or puts out nothing; its message may quote event data
     */
    JsonNode first(JsonNode input) throws JsonQueryException {
        List<JsonNode> outputs = new ArrayList<>(1);
        query.apply(Scope.newChildScope(BUILTINS), input, outputs::add);
        if (outputs.isEmpty()) {
            throw new JsonQueryException("the program puts out nothing");
        }
        return outputs.get(0);
    }

    static String firstLine(String message) {
        return message == null ? "unknown error" : message.lines().findFirst().orElse("unknown error");
    }
}
