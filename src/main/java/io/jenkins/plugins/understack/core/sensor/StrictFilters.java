package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import java.util.ArrayList;
import java.util.List;

/** {@code where} and {@code filters}. All are looked at, so that a decision names everything that does not fit. */
final class StrictFilters implements Filters {
    private final JqCondition where;
    private final List<FilterProgram> filters = new ArrayList<>();

    /** @throws InvalidFieldException naming the field that cannot be compiled or never holds */
    StrictFilters(Dependency dependency) {
        where = dependency.where() == null ? null : new JqCondition("where", dependency.where());
        for (int i = 0; i < dependency.filters().size(); i++) {
            String part = "filters[" + i + "]";
            try {
                filters.add(new FilterProgram(part, dependency.filters().get(i)));
            } catch (InvalidFieldException e) {
                throw e.within(part);
            }
        }
        Contradictions.check(filters);
    }

    @Override
    public Outcome evaluate(Event event, JsonNode data, List<Reason> reasons) {
        Outcome outcome = where == null ? Outcome.PASS : said(where.evaluate(data), reasons);
        for (FilterProgram filter : filters) {
            outcome = worse(outcome, said(filter.evaluate(data), reasons));
        }
        return outcome;
    }

    private static Outcome said(Reason reason, List<Reason> reasons) {
        reasons.add(reason);
        return reason.outcome();
    }

    /**
     * One condition that rejects is enough to know that the event is not meant; only where none does, an error is the answer.
     * So a sensor for ports is not in error because an event of a node lacks what it compares next.
     */
    private static Outcome worse(Outcome one, Outcome other) {
        if (one == Outcome.REJECT || other == Outcome.REJECT) {
            return Outcome.REJECT;
        }
        return one == Outcome.ERROR ? one : other;
    }
}
