package io.jenkins.plugins.understack.console;

import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import java.util.List;
import java.util.Locale;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A source as the page shows it: Jelly reads properties, which records do not have. */
@Restricted(NoExternalUse.class)
public final class SourceRow {
    private final SourceStatus status;

    SourceRow(SourceStatus status) {
        this.status = status;
    }

    public String getName() {
        return status.name();
    }

    public String getKind() {
        return status.kind();
    }

    public String getState() {
        return Decision.label(status.state());
    }

    public String getSince() {
        return UnderstackConsole.seconds(status.since());
    }

    /** What is wrong now, or null. */
    public String getProblem() {
        return status.problem();
    }

    /** When and why it was last down; null where it was not, or still is. */
    public String getLastError() {
        return status.state() == SourceStatus.State.DOWN ? null : status.lastError();
    }

    public long getReceived() {
        return status.received();
    }

    public long getRejected() {
        return status.rejected();
    }

    /** Events a minute, now and in the last quarter of an hour. */
    public String getRate() {
        return String.format(Locale.ROOT, "%.0f / %.1f", status.perMinute(), status.perMinuteOfQuarterHour());
    }

    public List<String> getConsumers() {
        return status.consumers().stream()
                .map(consumer -> Messages.SourceRow_consumer(
                        consumer.event(), consumer.queue(), consumer.tag(), String.valueOf(consumer.unacknowledged())))
                .toList();
    }

    public String getLastRejection() {
        return status.lastRejection();
    }

    public String getLastEvent() {
        return UnderstackConsole.seconds(Understack.get().lastTimes().source(status.name(), status.lastEvent()));
    }
}
