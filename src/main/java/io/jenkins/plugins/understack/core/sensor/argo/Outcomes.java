package io.jenkins.plugins.understack.core.sensor.argo;

import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import java.util.List;
import java.util.function.Supplier;

/**
 * How a list of conditions is combined ({@code dataLogicalOperator}, {@code exprLogicalOperator}): {@code and} ends with the
 * first that rejects or errs, {@code or} with the first that passes; under {@code or} errors are collected meanwhile.
 */
final class Outcomes {
    private Outcomes() {}

    /**
     * @param conditions null for one that counts neither way
     * @param reasons gets one for each condition that was looked at
     */
    static Outcome combine(boolean or, List<? extends Supplier<Reason>> conditions, List<Reason> reasons) {
        boolean error = false;
        for (Supplier<Reason> condition : conditions) {
            Reason reason = condition.get();
            if (reason == null) {
                continue;
            }
            reasons.add(reason);
            if (or ? reason.outcome() == Outcome.PASS : reason.outcome() != Outcome.PASS) {
                return reason.outcome();
            }
            error |= reason.outcome() == Outcome.ERROR;
        }
        return or ? error ? Outcome.ERROR : Outcome.REJECT : Outcome.PASS;
    }
}
