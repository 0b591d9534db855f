package io.jenkins.plugins.understack.core.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** One piece of work on one of {@link JqThreads}. {@link #run} is called by that thread, the rest by the one that waits. */
final class JqRun implements Runnable {
    private final String program;
    private final JqThreads.Work work;
    private final Instant begin;
    private final Consumer<JqRun> atEnd;
    private final JqBudget budget;
    private final CountDownLatch done = new CountDownLatch(1);
    private List<JsonNode> result;
    private JsonQueryException error;
    private RuntimeException fault;
    private boolean ended;

    /** @param atEnd told once, when the thread is free again */
    JqRun(String program, JqThreads.Work work, JqBudget budget, Instant begin, Consumer<JqRun> atEnd) {
        this.program = program;
        this.work = work;
        this.budget = budget;
        this.begin = begin;
        this.atEnd = atEnd;
    }

    String program() {
        return program;
    }

    Instant begin() {
        return begin;
    }

    @Override
    public void run() {
        try {
            result = within(budget, work);
        } catch (JsonQueryException e) {
            error = e;
        } catch (RuntimeException e) {
            fault = e;
        } finally {
            synchronized (this) {
                ended = true;
                atEnd.accept(this);
            }
            done.countDown();
        }
    }

    /** Does the work here and now; what the machine cannot do is an error of the program. */
    static List<JsonNode> within(JqBudget budget, JqThreads.Work work) throws JsonQueryException {
        try (JqBudget.Scope inForce = budget.open()) {
            return work.evaluate();
        } catch (StackOverflowError e) {
            throw new JsonQueryException("it recurses too deeply");
        } catch (OutOfMemoryError e) {
            throw new JsonQueryException("needs more memory than there is");
        } catch (Error e) {
            throw new JsonQueryException("failed with " + e.getClass().getSimpleName());
        }
    }

    /** @param nanos at most this long; whether it has ended */
    boolean await(long nanos) throws InterruptedException {
        return done.await(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Asks the work to end.
     *
     * @param note done before the end can be told of
     * @return false where it has ended meanwhile
     */
    synchronized boolean abandon(Runnable note) {
        if (ended) {
            return false;
        }
        budget.cancel();
        note.run();
        return true;
    }

    /** Once {@link #await} has said that it has ended, which also makes the fields visible to this thread. */
    List<JsonNode> result() throws JsonQueryException {
        if (error != null) {
            throw error;
        }
        if (fault != null) {
            throw fault;
        }
        return result;
    }
}
