package io.jenkins.plugins.understack.core.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * A compiled jq program. Thread-safe. Authors of jobs write programs, so these see neither the environment nor files and are
 * bounded in time and memory by {@link JqBudget}. What {@link JqBounds} knows to be short is evaluated on the caller's thread;
 * the rest, one evaluation of a program at a time, on one of {@link JqThreads}, where nothing can keep the caller.
 */
public final class JqProgram {
    /** As deep as events are. */
    private static final int MAX_DEPTH = 200;

    private static final Scope BUILTINS = JqBuiltins.load();

    private final String text;
    private final JsonQuery query;
    private final boolean linear;
    private final boolean single;
    private final Semaphore turn = new Semaphore(1);

    private JqProgram(String text, JsonQuery query, JqBounds bounds) {
        this.text = text;
        this.query = query;
        linear = bounds.linear();
        single = bounds.single();
    }

    /** @throws InvalidFieldException naming {@code field} where {@code text} is no program */
    public static JqProgram compile(String field, String text) {
        try {
            JsonQuery query = JsonQuery.compile(text, Versions.JQ_1_7);
            JqBounds bounds = new JqBounds(query);
            return new JqProgram(text, JqSteps.into(query), bounds);
        } catch (JsonQueryException e) {
            throw new InvalidFieldException(field, "is no jq program: " + firstLine(e.getMessage()));
        } catch (StackOverflowError e) {
            throw new InvalidFieldException(field, "is no jq program: it is nested too deeply");
        }
    }

    /**
     * The first output, as Argo Events takes it; what would follow is not asked for. Takes a second at most, and another two
     * where threads are short.
     *
     * @throws JsonQueryException when the program fails, puts out nothing or takes too long; its message may quote event data
     */
    public JsonNode first(JsonNode input) throws JsonQueryException {
        // To end an evaluation, an exception leaves all its frames, which takes longer than most evaluations.
        List<JsonNode> outputs = run(input, soFar -> !single && soFar.size() == 1);
        if (outputs.isEmpty()) {
            throw new JsonQueryException("the program puts out nothing");
        }
        return outputs.get(0);
    }

    /**
     * All outputs, in order; none is no error. Bounded in time as {@link #first}.
     *
     * @param most how many outputs there may be, at least 1
     * @throws JsonQueryException when the program fails, puts out more or takes too long; its message may quote event data
     */
    public List<JsonNode> all(JsonNode input, int most) throws JsonQueryException {
        return run(input, soFar -> {
            if (soFar.size() > most) {
                throw new JqBudget.Stop("puts out more than " + most + " values");
            }
            return false;
        });
    }

    /** Looks at the outputs there are so far, after each one. */
    private interface Enough {
        boolean test(List<JsonNode> outputs);
    }

    private List<JsonNode> run(JsonNode input, Enough enough) throws JsonQueryException {
        return linear
                ? JqRun.within(new JqBudget(JqThreads.LIMIT), () -> evaluate(input, enough))
                : JqThreads.SHARED.run(text, turn, () -> evaluate(input, enough));
    }

    /** Whether evaluations stay on the caller's thread. */
    boolean linear() {
        return linear;
    }

    private List<JsonNode> evaluate(JsonNode input, Enough enough) throws JsonQueryException {
        List<JsonNode> outputs = new ArrayList<>();
        boolean[] ended = new boolean[1];
        try {
            query.apply(Scope.newChildScope(BUILTINS), input, output -> {
                if (deeper(output, MAX_DEPTH)) {
                    throw new JqBudget.Stop("the output is nested deeper than " + MAX_DEPTH);
                }
                outputs.add(output);
                if (enough.test(outputs)) {
                    ended[0] = true;
                    throw new JqBudget.Stop("has its outputs");
                }
            });
        } catch (JqBudget.Stop e) {
            if (!ended[0]) {
                throw new JsonQueryException(e.getMessage());
            }
        }
        return outputs;
    }

    private static boolean deeper(JsonNode value, int depth) {
        if (value.isContainerNode()) {
            JqBudget.values(value.size());
            for (JsonNode member : value) {
                if (depth == 0 || deeper(member, depth - 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    public static String firstLine(String message) {
        return message == null ? "unknown error" : message.lines().findFirst().orElse("unknown error");
    }
}
