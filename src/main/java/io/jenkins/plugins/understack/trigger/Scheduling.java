package io.jenkins.plugins.understack.trigger;

import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.queue.ScheduleResult;
import io.jenkins.plugins.understack.core.Durations;
import io.jenkins.plugins.understack.core.dispatch.RetryRule;
import io.jenkins.plugins.understack.core.dispatch.StartLimits.Turn;
import io.jenkins.plugins.understack.core.dispatch.StartLimits.Window;
import io.jenkins.plugins.understack.core.dispatch.StartOutcome;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.queue.TurnAction;
import java.time.Duration;
import java.time.Instant;

/** One build that is to be put into the queue, where its rules say. */
record Scheduling(Job<?, ?> job, ParametersAction parameters, Event event, PendingStart pending) {
    /** Jenkins counts seconds in an int. Who waits longer waits for somebody who corrects the rule. */
    private static final Duration LONGEST = Duration.ofDays(10 * 365);

    /** @param turn as what the build counts, or null where none was queued */
    record Result(StartOutcome outcome, Turn turn) {
        boolean isQueued() {
            return turn != null;
        }
    }

    /** With the queue's lock. */
    Result run(Window window, Instant now) {
        Start start = pending.start();
        String identity = start.sensorIdentity(pending.sensor());
        EventAction action = new EventAction(pending);
        TurnAction asked = new TurnAction(identity, event.id(), action.start(), start.keys());
        Replaced replaced = Replaced.of((Queue.Task) job, asked);
        if (replaced.again()) {
            return new Result(
                    new StartOutcome.Settled(
                            Outcome.Kind.REPLACED, "its build waits or runs, or one for a newer event of the same key has taken its place"),
                    null);
        }
        Turn turn = window.turn(replaced.turns().stream().map(TurnAction::count).toList());
        TurnAction itsTurn = asked.with(held(turn), turn.count(), replaced.turns());
        Duration wait = wait(turn, replaced, now);
        ScheduleResult result = Queue.getInstance()
                .schedule2(
                        (Queue.Task) job,
                        // Without a rule there is nothing to wait for, and EventAction keeps builds apart without a quiet period.
                        (int) wait.plusMillis(999).toSeconds(),
                        new CauseAction(new EventCause(event, pending.sensor())),
                        action,
                        itsTurn,
                        parameters);
        if (result.isCreated()) {
            replaced.cancel(event.id());
            return new Result(new StartOutcome.Queued(), turn);
        }
        return new Result(
                result.isRefused()
                        ? new StartOutcome.Later(
                                RetryRule.VETOED, "Jenkins refused to queue \"" + job.getFullName() + "\"; a plugin has vetoed it")
                        // The same start; only after a comparison with the queue that came too early.
                        : new StartOutcome.Queued(),
                null);
    }

    private String held(Turn turn) {
        StartRules rules = pending.start().rules();
        return rules.hold()
                ? "hold"
                : turn.exceeded() ? "more than " + rules.limit().starts() + " in " + Durations.print(rules.limit().period()) : null;
    }

    /** What took the place of another waits no longer than that one would have, unless it is to wait for quiet. */
    private Duration wait(Turn turn, Replaced replaced, Instant now) {
        StartRules rules = pending.start().rules();
        Duration wait = rules.debounce() != null
                ? rules.debounce()
                : rules.delay() != null ? replaced.shorten(rules.delay(), now) : Duration.ZERO;
        Duration longer = wait.compareTo(turn.delay()) < 0 ? turn.delay() : wait;
        return longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }
}
