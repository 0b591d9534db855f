package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.inbox.Outcome;

/** What came of trying a start. Texts are for people and hold no payload. */
public sealed interface StartOutcome {
    /** It will run: the {@link Starter} is told when its run exists, and when it has ended. */
    record Queued() implements StartOutcome {}

    /**
     * Its run exists on disk.
     *
     * @param running whether it still runs, so that the starter is told of its end
     */
    record Started(String run, boolean running) implements StartOutcome {}

    /** It needs no run. */
    record Settled(Outcome.Kind kind, String why) implements StartOutcome {}

    /** Not now. */
    record Later(RetryRule rule, String why) implements StartOutcome {}

    /**
     * Never, unless a person mends something.
     *
     * @param part for example {@code job} or {@code parameters[hostname]}
     */
    record Refused(String part, String why) implements StartOutcome {}
}
