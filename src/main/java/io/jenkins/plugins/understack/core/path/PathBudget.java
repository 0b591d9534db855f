package io.jenkins.plugins.understack.core.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.function.Supplier;

/**
 * How much one read of a path may look at: {@code [#.a,#.a,…]} goes through an array as often as there are commas. Lies beside
 * the thread that reads; where none is in force, nothing is counted.
 */
final class PathBudget {
    /** Values and parts of paths, about a second's. */
    private static final long MOST = 5_000_000;

    private static final ThreadLocal<PathBudget> CURRENT = new ThreadLocal<>();

    private long taken;

    private static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exceeded() {
            super(null, null, false, false);
        }
    }

    /** Missing where the read takes more than it may. */
    static JsonNode within(Supplier<JsonNode> read) {
        CURRENT.set(new PathBudget());
        try {
            return read.get();
        } catch (Exceeded e) {
            return MissingNode.getInstance();
        } finally {
            CURRENT.remove();
        }
    }

    /** Goes before what looks at so many values. */
    static void take(long values) {
        PathBudget budget = CURRENT.get();
        if (budget != null) {
            budget.taken += values;
            if (budget.taken > MOST) {
                throw new Exceeded();
            }
        }
    }

    /** Goes before or behind what looks at so many characters. */
    static void takeText(long characters) {
        take(characters / 64);
    }
}
