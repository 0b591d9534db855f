package io.jenkins.plugins.understack.trial;

import io.jenkins.plugins.understack.core.Durations;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A decision as the panel "Try" shows it; Jelly reads properties, which records do not have. */
@Restricted(NoExternalUse.class)
public final class DecisionRow {
    /** A parameter can hold a whole event; this is about a screen of it. */
    private static final int SHOWN = 4_000;

    private final Event event;
    private final Decision decision;

    DecisionRow(Event event, Decision decision) {
        this.event = event;
        this.decision = decision;
    }

    public String getEvent() {
        return event.toString();
    }

    /** {@code match}, {@code no-match}, … */
    public String getVerdict() {
        return Decision.label(decision.verdict());
    }

    public List<PartRow> getParts() {
        return decision.reasons().stream().map(PartRow::new).toList();
    }

    public List<StartRow> getStarts() {
        return decision.starts().stream().map(StartRow::new).toList();
    }

    /** A part of the sensor. */
    public static final class PartRow {
        private final Reason reason;

        PartRow(Reason reason) {
            this.reason = reason;
        }

        public String getPart() {
            return reason.part();
        }

        public String getOutcome() {
            return Decision.label(reason.outcome());
        }

        /** What was read, and what was expected. */
        public String getDetail() {
            return reason.detail();
        }
    }

    /** A build that would be started. */
    public static final class StartRow {
        private final Start start;

        StartRow(Start start) {
            this.start = start;
        }

        public String getJob() {
            return start.job();
        }

        public List<ParameterRow> getParameters() {
            return start.parameters().entrySet().stream().map(ParameterRow::new).toList();
        }

        /** When the build may begin, rule by rule. */
        public List<String> getRules() {
            StartRules rules = start.rules();
            List<String> words = new ArrayList<>();
            if (start.keys().serialize() != null) {
                words.add(Messages.DecisionRow_serialize(start.keys().serialize()));
            }
            if (start.keys().coalesce() != null) {
                words.add(Messages.DecisionRow_coalesce(start.keys().coalesce()));
            }
            if (rules.limit() != null) {
                words.add(Messages.DecisionRow_limit(rules.limit().starts(), Durations.print(rules.limit().period())));
            }
            if (rules.rateLimit() != null) {
                words.add(Messages.DecisionRow_rateLimit(rules.rateLimit().starts(), Durations.print(rules.rateLimit().period())));
            }
            if (rules.delay() != null) {
                words.add(Messages.DecisionRow_delay(Durations.print(rules.delay())));
            }
            if (rules.debounce() != null) {
                words.add(Messages.DecisionRow_debounce(Durations.print(rules.debounce())));
            }
            if (rules.hold()) {
                words.add(Messages.DecisionRow_hold());
            }
            return words;
        }
    }

    /** A parameter of such a build. */
    public static final class ParameterRow {
        private final Map.Entry<String, String> parameter;

        ParameterRow(Map.Entry<String, String> parameter) {
            this.parameter = parameter;
        }

        public String getName() {
            return parameter.getKey();
        }

        public String getValue() {
            String value = parameter.getValue();
            return value.length() <= SHOWN ? value : Messages.DecisionRow_cut(value.substring(0, SHOWN), value.length());
        }
    }
}
