package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tries a start once, and does what came of it: settled, tried again later, or a dead letter. */
final class Attempts {
    private static final Logger LOGGER = Logger.getLogger(Attempts.class.getName());

    private final Inbox inbox;
    private final BuildStarter builds;
    private final Traffic traffic;
    private final CountedStarts counted;
    private final Clock clock;
    private final Duration afterTrouble;

    /** @param afterTrouble after which a start is tried again that could not be read or written */
    Attempts(Inbox inbox, BuildStarter builds, Traffic traffic, CountedStarts counted, Clock clock, Duration afterTrouble) {
        this.inbox = inbox;
        this.builds = builds;
        this.traffic = traffic;
        this.counted = counted;
        this.clock = clock;
        this.afterTrouble = afterTrouble;
    }

    /** @param ticket of {@link Traffic#take} */
    void attempt(Ticket ticket) {
        try {
            tryIt(ticket);
        } finally {
            traffic.tried();
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
        if (start == null) {
            // It was settled or discarded meanwhile.
            end(ticket);
        } else if (stored == null) {
            end(ticket);
            refuse(start, ticket, start.attempts() + 1, "event: cannot be read from the inbox; perhaps its file was damaged");
        } else {
            long begin = System.nanoTime();
            StartOutcome outcome = outcome(start, stored);
            counted.tried(start, outcome, Duration.ofNanos(System.nanoTime() - begin));
            apply(start, ticket, outcome);
        }
    }

    private StartOutcome outcome(PendingStart start, StoredEvent stored) {
        try {
            return builds.start(stored.event(), start);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> start + " failed");
            return new StartOutcome.Later(RetryRule.FAILED, "failed: " + e.getClass().getSimpleName() + "; the log has the details");
        }
    }

    private void apply(PendingStart start, Ticket ticket, StartOutcome outcome) {
        if (outcome instanceof StartOutcome.Later later) {
            later(start, ticket, later);
        } else if (outcome instanceof StartOutcome.Queued || outcome instanceof StartOutcome.Started) {
            traffic.left(ticket);
            found(start, outcome);
        } else if (outcome instanceof StartOutcome.Settled settled) {
            end(ticket);
            settle(start, settled.kind(), settled.why());
        } else if (outcome instanceof StartOutcome.Refused refused) {
            end(ticket);
            refuse(start, ticket, start.attempts() + 1, refused.part() + ": " + refused.why());
        }
    }

    /** What became of a start in flight. */
    void found(PendingStart start, StartOutcome outcome) {
        if (outcome instanceof StartOutcome.Started started) {
            settle(start, Outcome.Kind.STARTED, started.run());
            if (!started.running()) {
                traffic.land(start.id());
            }
        }
    }

    /** The run of a queued start exists on disk. */
    void begun(PendingStart start, String run) {
        settle(start, Outcome.Kind.STARTED, run);
        counted.begun(start);
    }

    private void end(Ticket ticket) {
        traffic.land(ticket.id());
        traffic.left(ticket);
    }

    private void later(PendingStart start, Ticket ticket, StartOutcome.Later later) {
        int attempt = start.attempts() + (later.rule().counts() ? 1 : 0);
        if (later.rule().isOver(attempt)) {
            end(ticket);
            refuse(start, ticket, attempt, later.why());
            return;
        }
        Instant due = clock.instant().plus(later.rule().wait(attempt));
        inbox.retried(start, attempt, due, later.why());
        counted.retried(start, later.rule());
        traffic.refuse(ticket.dueAt(due));
    }

    private void refuse(PendingStart start, Ticket ticket, int attempts, String why) {
        inbox.refused(start, attempts, why).whenComplete((done, failure) -> {
            if (failure == null) {
                counted.dead(start);
                LOGGER.warning(() -> start + " is a dead letter: " + why);
            } else {
                again(ticket);
            }
        });
    }

    /** Something was wrong with the inbox, not with the start. */
    private void again(Ticket ticket) {
        traffic.refuse(ticket.dueAt(clock.instant().plus(afterTrouble)));
    }

    void settle(PendingStart start, Outcome.Kind kind, String detail) {
        String job = start.start() == null ? null : start.start().job();
        Outcome outcome = new Outcome(start.id(), start.sensor(), job, kind, detail, clock.instant());
        inbox.settle(outcome);
        counted.settled(start, outcome);
    }
}
