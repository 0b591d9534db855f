package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import java.time.Clock;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes builds of the pending starts of the inbox: in order for each key, not more at once than the limits allow, again after a wait
 * where that may help, and into the dead letters where it does not. One thread tries them; all methods may be called by any thread.
 */
public final class Starter implements Dispatcher.Admission, AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Starter.class.getName());
    /** Where nothing is due, and after a failure that has nothing to do with one start. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    private final Inbox inbox;
    private final FlightLimits limits;
    private final Clock clock;
    private final Traffic traffic;
    private final Attempts attempts;
    private final Comparison comparison;
    private volatile Thread thread;

    /** With figures that nobody exports. */
    public Starter(Inbox inbox, BuildStarter builds, FlightLimits limits, Clock clock) {
        this(inbox, builds, limits, clock, new Metrics());
    }

    public Starter(Inbox inbox, BuildStarter builds, FlightLimits limits, Clock clock, Metrics metrics) {
        this.inbox = inbox;
        this.limits = limits;
        this.clock = clock;
        this.traffic = new Traffic(limits, clock);
        this.attempts = new Attempts(inbox, builds, traffic, new CountedStarts(metrics, clock), clock, LONGEST_REST);
        this.comparison = new Comparison(inbox.reader(), builds);
    }

    /**
     * Compares what is pending with what exists, then begins; in the background, since the inbox may have to be mended first.
     *
     * @param compared what may only be done after the comparison, such as taking new events
     */
    public void open(Runnable compared) {
        thread = new Thread(
                () -> {
                    try {
                        if (loaded()) {
                            compared.run();
                            run();
                        }
                    } catch (InterruptedException e) {
                        // The end.
                    }
                },
                "UnderStack starter");
        thread.setDaemon(true);
        thread.start();
    }

    /** Tries until it works; false where the starter was closed before. */
    private boolean loaded() throws InterruptedException {
        do {
            try {
                load();
                return true;
            } catch (RuntimeException e) {
                LOGGER.log(Level.SEVERE, e, () -> "the inbox cannot be read; no events are taken until it can");
            }
        } while (traffic.rest(LONGEST_REST));
        return false;
    }

    /** The first step of {@link #open}, for who takes the others itself. */
    void load() {
        traffic.clear();
        comparison.all((start, outcome) -> {
            if (outcome == null) {
                traffic.add(start);
            } else {
                traffic.fly(Ticket.of(start));
                attempts.found(start, outcome);
            }
        });
        inbox.onStarts(starts -> starts.forEach(traffic::add));
    }

    private void run() throws InterruptedException {
        boolean open = true;
        while (open) {
            try {
                Ticket ticket = traffic.await(LONGEST_REST);
                open = ticket != null;
                if (open) {
                    attempts.attempt(ticket);
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Throwable e) {
                // Errors as well: without this thread nothing is ever started.
                LOGGER.log(Level.SEVERE, "the starter failed and goes on", e);
            }
        }
    }

    /** Tries one start; false where none may be tried now. */
    boolean step() {
        Ticket ticket = traffic.take();
        if (ticket != null) {
            attempts.attempt(ticket);
        }
        return ticket != null;
    }

    /**
     * Looks for starts that were queued {@code age} ago and have no run yet, and tries again what has gone without one. To be called
     * every minute or so.
     */
    public void lookAgain(Duration age) {
        comparison.of(traffic.flyingSinceBefore(clock.instant().minus(age)), (start, outcome) -> {
            if (outcome != null) {
                attempts.found(start, outcome);
            } else if (traffic.takeBack(start)) {
                LOGGER.warning(() -> start + " was queued and has gone without a run; it is tried again");
            }
        });
    }

    @Override
    public void check(Event event) throws TooManyEventsException {
        int limit = limits.ofSource(event.source());
        int now = inFlight(event.source());
        if (now >= limit) {
            throw new TooManyEventsException(
                    now + " starts of source \"" + event.source() + "\" are in flight; expected fewer than " + limit);
        }
    }

    /** Starts of a source that wait, are queued or run. */
    public int inFlight(String source) {
        return traffic.ofSource(source);
    }

    /** Whether nothing is being tried, and nothing may be at this moment. */
    public boolean isIdle() {
        return traffic.isIdle();
    }

    /** The run of a queued start exists on disk. */
    public void started(String id, String run) {
        PendingStart start = inbox.reader().pendingStart(id);
        if (start != null) {
            attempts.begun(start, run);
        }
    }

    /** A queued start will have no run. */
    public void left(String id, Outcome.Kind kind, String why) {
        PendingStart start = inbox.reader().pendingStart(id);
        if (start != null) {
            attempts.settle(start, kind, why);
        }
        finished(id);
    }

    /** The run of a start has ended. */
    public void finished(String id) {
        traffic.land(id);
    }

    /** Whether a start was queued, or runs; otherwise it waits for its turn here. */
    public boolean isInFlight(String id) {
        return traffic.isFlying(id);
    }

    /** Returns when no start is being tried any more. */
    @Override
    public void close() {
        traffic.close();
        Thread ending = thread;
        try {
            if (ending != null && ending != Thread.currentThread()) {
                ending.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
