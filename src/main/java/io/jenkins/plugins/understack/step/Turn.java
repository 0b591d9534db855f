package io.jenkins.plugins.understack.step;

import java.time.Instant;

/** What one turn of a {@link TurnExecution} came to. */
sealed interface Turn {
    /** @param result of the step: plain maps, lists, texts and booleans */
    record Done(Object result) implements Turn {}

    /** @param why one line for the log and for the step's status */
    record Again(Instant at, String why) implements Turn {}
}
