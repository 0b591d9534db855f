package io.jenkins.plugins.understack.core.sensor.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * All filters of a dependency: kinds in the order exprs, data, context, time.
 *
 * <p>Under {@code and} the first error ends it, and without errors all kinds are looked at. Under {@code or} the kinds that are
 * present are or-ed, so an empty {@code filters: {}} rejects. An error rejects in any case: Argo computes that an event "passed
 * but with filtering error" and then drops it ({@code Filter} in filter.go of 1.9.10 returns false with every error).
 */
final class ArgoFilters {
    private final boolean or;
    private final boolean exprsOr;
    private final boolean dataOr;
    private final List<ArgoExpr> exprs;
    private final List<ArgoDataFilter> data;
    private final ArgoContext context;
    private final ArgoTime time;

    /** @param or {@code filtersLogicalOperator}, which Argo keeps beside the filters */
    ArgoFilters(Block block, boolean or) {
        block.only("exprs", "exprLogicalOperator", "data", "dataLogicalOperator", "context", "time");
        this.or = or;
        exprsOr = block.isOr("exprLogicalOperator");
        dataOr = block.isOr("dataLogicalOperator");
        exprs = block.has("exprs") ? block.blocks("exprs").stream().map(b -> new ArgoExpr(b.name(), b)).toList() : null;
        data = block.has("data") ? block.blocks("data").stream().map(b -> new ArgoDataFilter(b.name(), b)).toList() : null;
        context = block.has("context") ? new ArgoContext(block.name() + ".context", block.block("context")) : null;
        time = block.has("time") ? new ArgoTime(block.name() + ".time", block.block("time")) : null;
    }

    Outcome evaluate(Event event, JsonNode payload, List<Reason> reasons) {
        List<Supplier<Outcome>> kinds = new ArrayList<>();
        if (exprs != null) {
            kinds.add(() -> Outcomes.combine(
                    exprsOr, exprs.stream().map(expr -> (Supplier<Reason>) () -> expr.evaluate(payload)).toList(), reasons));
        }
        if (data != null) {
            // No entries pass, whatever the operator between them.
            kinds.add(() -> data.isEmpty()
                    ? Outcome.PASS
                    : Outcomes.combine(
                            dataOr,
                            data.stream().map(filter -> (Supplier<Reason>) () -> filter.evaluate(payload)).toList(),
                            reasons));
        }
        if (context != null) {
            kinds.add(() -> said(context.evaluate(event), reasons));
        }
        if (time != null) {
            kinds.add(() -> said(time.evaluate(event.time()), reasons));
        }
        boolean any = false;
        boolean all = true;
        boolean error = false;
        for (Supplier<Outcome> kind : kinds) {
            Outcome outcome = kind.get();
            if (outcome == Outcome.ERROR && !or) {
                return outcome;
            }
            any |= outcome == Outcome.PASS;
            all &= outcome == Outcome.PASS;
            error |= outcome == Outcome.ERROR;
        }
        if (error) {
            return Outcome.ERROR;
        }
        if (or && kinds.isEmpty()) {
            reasons.add(new Reason("argo.filters", Outcome.REJECT, "is empty, and nothing is never one or the other"));
        }
        return (or ? any : all) ? Outcome.PASS : Outcome.REJECT;
    }

    private static Outcome said(Reason reason, List<Reason> reasons) {
        reasons.add(reason);
        return reason.outcome();
    }
}
