package io.jenkins.plugins.understack.core.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * A few threads that evaluate jq programs for callers that must go on: consumers and webhooks. A caller waits for a thread,
 * and again for the result, as long as the limit says at most. Work that is too slow is asked to end and, as long as it does
 * not, keeps its thread and keeps its own program from being evaluated again; so a bad program holds one thread.
 * Thread-safe.
 */
final class JqThreads {
    /** How long an evaluation may take. */
    static final Duration LIMIT = Duration.ofSeconds(1);

    static final JqThreads SHARED = new JqThreads(8, LIMIT);

    /** Evaluations nest as deeply as programs do, and more before they are compiled. */
    private static final long STACK_BYTES = 4L << 20;

    private final int most;
    private final Duration limit;
    private final Semaphore free;
    private final ThreadPoolExecutor pool;
    /** By text: a sensor that is saved anew has a new program, with the same loop. */
    private final Map<String, JqRun> abandoned = new ConcurrentHashMap<>();

    /** @param most threads, at least 1; they are daemons and end when they have nothing to do */
    JqThreads(int most, Duration limit) {
        this.most = most;
        this.limit = limit;
        free = new Semaphore(most);
        pool = new ThreadPoolExecutor(most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(null, task, "understack jq", STACK_BYTES);
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            // Not the caller's, which may be that of something that is unloaded while this thread lives.
            thread.setContextClassLoader(JqThreads.class.getClassLoader());
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
    }

    /** One evaluation. */
    @FunctionalInterface
    interface Work {
        List<JsonNode> evaluate() throws JsonQueryException;
    }

    /**
     * Does the work on another thread. Not ended by an interrupt, since what waits here is an event that was taken over; the
     * caller finds itself interrupted afterwards.
     *
     * @param program its text
     * @param turn one permit, held while an evaluation of the program runs
     * @throws JsonQueryException where the work throws one, runs out of stack or memory, or is not done in time
     */
    List<JsonNode> run(String program, Semaphore turn, Work work) throws JsonQueryException {
        JqRun stuck = abandoned.get(program);
        if (stuck != null) {
            throw new JsonQueryException("still busy since " + stuck.begin().truncatedTo(ChronoUnit.SECONDS));
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return await(start(program, turn, work));
                } catch (InterruptedException e) {
                    // Before anything was started; await does not throw it.
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted || Thread.interrupted()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private JqRun start(String program, Semaphore turn, Work work) throws InterruptedException, JsonQueryException {
        if (!turn.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new JsonQueryException("waited longer than " + JqBudget.text(limit) + " for another evaluation of the same program");
        }
        JqRun run = null;
        try {
            if (!free.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new JsonQueryException("waited longer than " + JqBudget.text(limit) + " for one of " + most
                        + " threads, which other programs keep busy");
            }
            run = submit(program, turn, work);
            return run;
        } finally {
            if (run == null) {
                turn.release();
            }
        }
    }

    private JqRun submit(String program, Semaphore turn, Work work) throws JsonQueryException {
        JqRun run = new JqRun(program, work, new JqBudget(limit), Instant.now(), ended -> {
            abandoned.remove(program, ended);
            free.release();
            turn.release();
        });
        try {
            pool.execute(run);
            return run;
        } catch (OutOfMemoryError e) {
            free.release();
            throw new JsonQueryException("no thread can be started: " + e.getMessage());
        }
    }

    private List<JsonNode> await(JqRun run) throws JsonQueryException {
        boolean interrupted = false;
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                try {
                    if (!run.await(end - System.nanoTime()) && run.abandon(() -> abandoned.put(run.program(), run))) {
                        throw new JsonQueryException(JqBudget.tooSlow(limit));
                    }
                    return run.result();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Evaluations that have not ended, abandoned ones included. */
    int running() {
        return most - free.availablePermits();
    }
}
