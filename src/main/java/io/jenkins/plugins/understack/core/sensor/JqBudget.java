package io.jenkins.plugins.understack.core.sensor;

/**
 * What one evaluation of a jq program may use. Lies beside the thread that evaluates, because jackson-jq hands nothing of ours
 * through. {@link #cancel} is for other threads.
 */
final class JqBudget {
    /** Items that {@code range} makes, all together. */
    static final int MAX_ITEMS = 1_000_000;

    private static final ThreadLocal<JqBudget> CURRENT = new ThreadLocal<>();

    private volatile boolean cancelled;
    private int items;

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

    Scope open() {
        CURRENT.set(this);
        return CURRENT::remove;
    }

    void cancel() {
        cancelled = true;
    }

    /** Goes before each step of an evaluation. */
    static void step() {
        JqBudget budget = CURRENT.get();
        if (budget != null && budget.cancelled) {
            throw new Stop("cancelled");
        }
    }

    /** Goes before each item that a generator makes. */
    static void item() {
        step();
        JqBudget budget = CURRENT.get();
        if (budget != null && ++budget.items > MAX_ITEMS) {
            throw new Stop("range puts out more than " + MAX_ITEMS + " items");
        }
    }
}
