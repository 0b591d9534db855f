package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private final BuildStarter builds;
    private final FlightLimits limits;
    private final Clock clock;
    private final Lanes lanes = new Lanes();
    private final Flight flight = new Flight();
    private Thread thread;
    private boolean closed;
    private boolean attempting;

    public Starter(Inbox inbox, BuildStarter builds, FlightLimits limits, Clock clock) {
        this.inbox = inbox;
        this.builds = builds;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Compares what is pending with what exists, then begins; in the background, since the inbox may have to be mended first.
     *
     * @param compared what may only be done after the comparison, such as taking new events
     */
    public synchronized void open(Runnable compared) {
        thread = new Thread(
                () -> {
                    if (loaded()) {
                        compared.run();
                        run();
                    }
                },
                "UnderStack starter");
        thread.setDaemon(true);
        thread.start();
    }

    /** Tries until it works; false where the starter was closed before. */
    private boolean loaded() {
        while (true) {
            try {
                load();
                return true;
            } catch (RuntimeException e) {
                LOGGER.log(Level.SEVERE, e, () -> "the inbox cannot be read; no events are taken until it can");
            }
            synchronized (this) {
                try {
                    wait(LONGEST_REST.toMillis());
                } catch (InterruptedException e) {
                    return false;
                }
                if (closed) {
                    return false;
                }
            }
        }
    }

    /** The first step of {@link #open}, for who takes the others itself. */
    void load() {
        lanes.clear();
        new Comparison(inbox.reader(), builds).all((start, outcome) -> {
            if (outcome == null) {
                add(start);
            } else {
                found(start, outcome);
            }
        });
        inbox.onStarts(this::add);
    }

    /**
     * Looks for starts that were queued {@code age} ago and have no run yet, and tries again what has gone without one. To be called
     * every minute or so.
     */
    public void lookAgain(Duration age) {
        List<String> old;
        synchronized (this) {
            old = flight.before(clock.instant().minus(age));
        }
        new Comparison(inbox.reader(), builds).of(old, this::foundAgain);
    }

    private synchronized void foundAgain(PendingStart start, StartOutcome outcome) {
        if (outcome instanceof StartOutcome.Started started) {
            apply(start, Ticket.of(start), started);
        } else if (outcome == null && flight.end(start.id()) != null) {
            LOGGER.warning(() -> start + " was queued and has gone without a run; it is tried again");
            add(start);
            notifyAll();
        }
    }

    private synchronized void found(PendingStart start, StartOutcome outcome) {
        Ticket ticket = Ticket.of(start);
        flight.begin(ticket, clock.instant());
        apply(start, ticket, outcome);
    }

    private synchronized void add(List<PendingStart> starts) {
        starts.forEach(this::add);
        notifyAll();
    }

    private synchronized void add(PendingStart start) {
        lanes.add(Ticket.of(start), clock.instant());
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
    public synchronized int inFlight(String source) {
        return lanes.ofSource(source) + flight.ofSource(source);
    }

    private void run() {
        while (true) {
            try {
                Ticket ticket = next();
                if (ticket == null) {
                    return;
                }
                attempt(ticket);
            } catch (InterruptedException e) {
                return;
            } catch (Throwable e) {
                // Errors as well: without this thread nothing is ever started.
                LOGGER.log(Level.SEVERE, "the starter failed and goes on", e);
            }
        }
    }

    /** Waits for a start that may be tried; null at the end. */
    private synchronized Ticket next() throws InterruptedException {
        while (!closed) {
            Ticket ticket = take();
            if (ticket != null) {
                return ticket;
            }
            wait(Math.max(1, lanes.untilDue(clock.instant(), this::hasRoom, LONGEST_REST).toMillis()));
        }
        return null;
    }

    /** Tries one start; false where none may be tried now. */
    boolean step() {
        Ticket ticket;
        synchronized (this) {
            ticket = take();
        }
        if (ticket != null) {
            attempt(ticket);
        }
        return ticket != null;
    }

    private Ticket take() {
        Ticket ticket = lanes.take(clock.instant(), this::hasRoom);
        if (ticket != null) {
            flight.begin(ticket, clock.instant());
            attempting = true;
        }
        return ticket;
    }

    /** Whether nothing is being tried, and nothing may be at this moment. */
    public synchronized boolean isIdle() {
        return !attempting && !lanes.isAnyDue(clock.instant(), this::hasRoom);
    }

    private boolean hasRoom(String sensor) {
        return flight.ofSensor(sensor) < limits.ofSensor(sensor);
    }

    private void attempt(Ticket ticket) {
        try {
            tryIt(ticket);
        } finally {
            synchronized (this) {
                attempting = false;
                notifyAll();
            }
        }
    }

    private void tryIt(Ticket ticket) {
        PendingStart start;
        StoredEvent stored;
        try {
            start = inbox.reader().pendingStart(ticket.id());
            stored = start == null ? null : inbox.reader().event(start.number());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "start " + ticket.id() + " cannot be read and is tried again");
            again(ticket);
            return;
        }
        if (stored == null) {
            synchronized (this) {
                flight.end(ticket.id());
                lanes.left(ticket);
                // Else it was settled or discarded meanwhile.
                if (start != null) {
                    refuse(start, ticket, start.attempts() + 1, "event: cannot be read from the inbox; perhaps its file was damaged");
                }
            }
            return;
        }
        StartOutcome outcome;
        try {
            outcome = builds.start(stored.event(), start);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> start + " failed");
            outcome = new StartOutcome.Later(RetryRule.FAILED, "failed: " + e.getClass().getSimpleName() + "; the log has the details");
        }
        synchronized (this) {
            apply(start, ticket, outcome);
        }
    }

    private void apply(PendingStart start, Ticket ticket, StartOutcome outcome) {
        if (outcome instanceof StartOutcome.Later later) {
            later(start, ticket, later);
            return;
        }
        lanes.left(ticket);
        if (outcome instanceof StartOutcome.Started started) {
            settle(start, Outcome.Kind.STARTED, started.run());
            if (!started.running()) {
                finished(start.id());
            }
        } else if (outcome instanceof StartOutcome.Settled settled) {
            flight.end(start.id());
            settle(start, settled.kind(), settled.why());
        } else if (outcome instanceof StartOutcome.Refused refused) {
            flight.end(start.id());
            refuse(start, ticket, start.attempts() + 1, refused.part() + ": " + refused.why());
        }
        notifyAll();
    }

    private void later(PendingStart start, Ticket ticket, StartOutcome.Later later) {
        flight.end(start.id());
        int attempt = start.attempts() + (later.rule().counts() ? 1 : 0);
        if (later.rule().isOver(attempt)) {
            lanes.left(ticket);
            refuse(start, ticket, attempt, later.why());
            return;
        }
        Instant due = clock.instant().plus(later.rule().wait(attempt));
        inbox.retried(start, attempt, due, later.why());
        lanes.refuse(ticket.dueAt(due));
    }

    private void refuse(PendingStart start, Ticket ticket, int attempts, String why) {
        inbox.refused(start, attempts, why).whenComplete((done, failure) -> {
            if (failure == null) {
                LOGGER.warning(() -> start + " is a dead letter: " + why);
            } else {
                again(ticket);
            }
        });
    }

    /** Something was wrong with the inbox, not with the start. */
    private synchronized void again(Ticket ticket) {
        flight.end(ticket.id());
        lanes.refuse(ticket.dueAt(clock.instant().plus(LONGEST_REST)));
    }

    private void settle(PendingStart start, Outcome.Kind kind, String detail) {
        String job = start.start() == null ? null : start.start().job();
        inbox.settle(new Outcome(start.id(), start.sensor(), job, kind, detail, clock.instant()));
    }

    /** The run of a queued start exists on disk. */
    public void started(String id, String run) {
        PendingStart start = inbox.reader().pendingStart(id);
        if (start != null) {
            settle(start, Outcome.Kind.STARTED, run);
        }
    }

    /** A queued start will have no run. */
    public void left(String id, Outcome.Kind kind, String why) {
        PendingStart start = inbox.reader().pendingStart(id);
        if (start != null) {
            settle(start, kind, why);
        }
        finished(id);
    }

    /** The run of a start has ended. */
    public synchronized void finished(String id) {
        if (flight.end(id) != null) {
            notifyAll();
        }
    }

    /** Whether a start was queued, or runs; otherwise it waits for its turn here. */
    public synchronized boolean isInFlight(String id) {
        return flight.has(id);
    }

    /** Returns when no start is being tried any more. */
    @Override
    public void close() {
        Thread ending;
        synchronized (this) {
            closed = true;
            ending = thread;
            notifyAll();
        }
        try {
            if (ending != null && ending != Thread.currentThread()) {
                ending.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
