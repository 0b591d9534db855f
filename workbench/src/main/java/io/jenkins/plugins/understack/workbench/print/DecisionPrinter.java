package io.jenkins.plugins.understack.workbench.print;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.workbench.cps.PlainValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An event with what the sensors made of it, as text for people. Event data appear only as the reasons quote them. */
public final class DecisionPrinter {
    private static final int LONGEST_VALUE = 80;

    private final Style style;

    public DecisionPrinter(Style style) {
        this.style = style;
    }

    public String print(Event event, List<Decision> decisions) {
        List<String> lines = new ArrayList<>();
        lines.add(style.heading("● event " + event.type()) + " from " + event.source() + "/" + event.name()
                + style.faint("  id " + event.id()));
        if (decisions.isEmpty()) {
            lines.add("  no sensor depends on " + event.source() + "/" + event.name());
        }
        decisions.forEach(decision -> lines.addAll(lines(decision)));
        return String.join(System.lineSeparator(), lines);
    }

    private List<String> lines(Decision decision) {
        List<String> lines = new ArrayList<>();
        boolean one = decision.verdict() == Verdict.MATCH && decision.starts().size() == 1;
        lines.add("  " + verdict(decision) + (one ? ", " + start(decision.starts().get(0)) : ""));
        if (decision.verdict() == Verdict.MATCH && !one) {
            decision.starts().forEach(start -> lines.add("    " + start(start)));
        }
        for (Reason reason : decision.reasons()) {
            String outcome = "%-7s".formatted(Decision.label(reason.outcome()));
            String painted = reason.outcome() == Outcome.PASS ? style.faint(outcome) : style.warning(outcome);
            lines.add("      " + painted + reason.part() + ": " + reason.detail());
        }
        return lines;
    }

    private String verdict(Decision decision) {
        String label = Decision.label(decision.verdict());
        return switch (decision.verdict()) {
            case MATCH -> style.good("✔ " + decision.sensor() + ": " + label);
            case WAITING -> style.warning("… " + decision.sensor() + ": " + label);
            case NO_MATCH -> style.faint("○ " + decision.sensor() + ": " + label);
            case ERROR -> style.bad("✖ " + decision.sensor() + ": " + label);
        };
    }

    private static String start(Start start) {
        return start(start.job(), start.parameters());
    }

    static String start(String job, Map<String, String> parameters) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            values.add(parameter.getKey() + "=" + PlainValues.line(parameter.getValue(), LONGEST_VALUE));
        }
        return "starts " + job + (values.isEmpty() ? "" : " with " + String.join(", ", values));
    }
}
