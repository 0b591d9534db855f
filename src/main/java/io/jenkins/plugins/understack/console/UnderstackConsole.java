package io.jenkins.plugins.understack.console;

import hudson.Extension;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Manage Jenkins, UnderStack: sources with what is wrong with them, recent events with their decisions, sensors, and the inbox. */
@Extension
@Restricted(NoExternalUse.class)
public final class UnderstackConsole extends ManagementLink {
    /** What a person may want to read on one page. */
    private static final int SHOWN = 200;

    @Override
    public String getIconFileName() {
        return "symbol-notifications";
    }

    @Override
    public String getDisplayName() {
        return Messages.UnderstackConsole_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.UnderstackConsole_description();
    }

    @Override
    public String getUrlName() {
        return "understack-events";
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    /** Why the configuration could not be put into effect, or null. */
    public String getProblem() {
        check();
        return Understack.get().problem();
    }

    public List<SourceRow> getSources() {
        check();
        return Understack.get().receivers().status().stream().map(SourceRow::new).toList();
    }

    public List<HeldBuild> getHeldBuilds() {
        check();
        return HeldBuild.all();
    }

    /** With those that did not match, which are not stored. */
    public List<EventRow> getRecentEvents() {
        check();
        return Understack.get().recentEvents().entries().stream()
                .limit(SHOWN)
                .map(EventRow::new)
                .toList();
    }

    /** How many starts wait for their run; -1 where the inbox cannot be read. */
    public int getPendingCount() {
        return count(InboxReader::pendingCount);
    }

    /** How many dead letters wait for a person; -1 where the inbox cannot be read. */
    public int getDeadLetterCount() {
        return count(InboxReader::deadLetterCount);
    }

    /** How many events are stored; -1 where the inbox cannot be read. */
    public int getEventCount() {
        return count(InboxReader::eventCount);
    }

    private static int count(ToIntFunction<InboxReader> count) {
        check();
        try {
            return count.applyAsInt(Understack.get().inbox().reader());
        } catch (UncheckedIOException e) {
            return -1;
        }
    }

    /** Why no event can be accepted, or null. */
    public String getInboxProblem() {
        check();
        return Understack.get().inbox().problem();
    }

    /** {@code events/}, {@code pending/} and {@code dead-letters/}. */
    public InboxPage getDynamic(String name) {
        return switch (name) {
            case "events" -> new EventsPage();
            case "pending" -> new PendingPage();
            case "dead-letters" -> new DeadLettersPage();
            default -> null;
        };
    }

    /** {@code api/…}: for programs. */
    public EventsApi getApi() {
        return new EventsApi();
    }

    public List<SensorRow> getSensors() {
        check();
        return Understack.get().sensors().all().stream()
                .map(SensorProgram::sensor)
                .sorted(Comparator.comparing(Sensor::name))
                .map(SensorRow::new)
                .toList();
    }

    private static void check() {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
    }

    /** ISO 8601 in UTC; nothing for null. */
    static String seconds(Instant time) {
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** An event as the page shows it. */
    public static final class EventRow {
        private final RecentEvents.Entry entry;

        EventRow(RecentEvents.Entry entry) {
            this.entry = entry;
        }

        public String getId() {
            return entry.attributes().id();
        }

        public String getOrigin() {
            return entry.attributes().source() + "/" + entry.attributes().name();
        }

        public String getType() {
            return entry.attributes().type();
        }

        public String getTime() {
            return seconds(entry.attributes().time());
        }

        public List<DecisionRow> getDecisions() {
            return entry.decisions().stream().map(DecisionRow::new).toList();
        }
    }
}
