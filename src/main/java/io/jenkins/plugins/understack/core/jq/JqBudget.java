package io.jenkins.plugins.understack.core.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * What one evaluation of a jq program may use: time, items, memory, and values that it looks at. Lies beside the thread that
 * evaluates, because jackson-jq hands nothing of ours through; where none is in force, nothing is counted. {@link #cancel} is
 * for other threads.
 */
final class JqBudget {
    /** Items that {@code range} makes, all together. */
    static final int MAX_ITEMS = 1_000_000;

    /**
     * Bytes of all values made, also of those that are garbage by now. Estimated: what a value needs depends on the JVM.
     */
    static final long MAX_BYTES = 64L << 20;

    /** A value that holds another one twice, a hundred times over, is small in memory and endless to whoever walks through it. */
    static final long MAX_VALUES = 20_000_000;

    private static final ThreadLocal<JqBudget> CURRENT = new ThreadLocal<>();

    /** How many steps go without a look at the clock. */
    private static final int STEPS = 128;

    private final Duration limit;
    private final long end;
    private volatile boolean cancelled;
    private int steps;
    private int items;
    private long bytes;
    private long values;

    /** Ends an evaluation from within. Unchecked, because {@code try} and {@code ?} of jq go on after a JsonQueryException. */
    static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop(String message) {
            super(message, null, false, false);
        }
    }

    /** The time in which the budget of this thread is in force. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** @param limit from now on; seen at the next step */
    JqBudget(Duration limit) {
        this.limit = limit;
        end = System.nanoTime() + limit.toNanos();
    }

    Scope open() {
        CURRENT.set(this);
        return CURRENT::remove;
    }

    void cancel() {
        cancelled = true;
    }

    static String tooSlow(Duration limit) {
        return "took longer than " + text(limit);
    }

    static String text(Duration limit) {
        return limit.toMillis() % 1_000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }

    /** Goes before each step of an evaluation. */
    static void step() {
        JqBudget budget = CURRENT.get();
        if (budget != null) {
            budget.look();
        }
    }

    private void look() {
        if (cancelled) {
            throw new Stop("cancelled");
        }
        if (++steps % STEPS == 0 && System.nanoTime() - end > 0) {
            throw new Stop(tooSlow(limit));
        }
    }

    /** Goes before each item that a generator makes. */
    static void item() {
        JqBudget budget = CURRENT.get();
        if (budget != null) {
            budget.look();
            if (++budget.items > MAX_ITEMS) {
                throw new Stop("range puts out more than " + MAX_ITEMS + " items");
            }
        }
    }

    /** Goes before something is made that needs so many bytes. */
    static void bytes(long number) {
        JqBudget budget = CURRENT.get();
        if (budget != null) {
            budget.bytes += number;
            if (budget.bytes > MAX_BYTES) {
                throw new Stop("needs more than " + (MAX_BYTES >> 20) + " MB");
            }
        }
    }

    /** Goes before work that looks at so many values. */
    static void values(long number) {
        JqBudget budget = CURRENT.get();
        if (budget != null) {
            budget.count(number);
        }
    }

    private void count(long number) {
        values += number;
        if (values > MAX_VALUES) {
            throw new Stop("looks at more than " + MAX_VALUES + " values");
        }
    }

    /** Walks through a value, as others will. */
    static void walk(JsonNode value) {
        JqBudget budget = CURRENT.get();
        if (budget != null) {
            budget.walkThrough(value);
        }
    }

    private void walkThrough(JsonNode value) {
        count(1);
        if (value.isContainerNode()) {
            for (JsonNode member : value) {
                walkThrough(member);
            }
        }
    }
}
