package io.jenkins.plugins.understack.console;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import hudson.security.Permission;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells those who look after Jenkins that a person is needed before all events lead to their builds. */
@Extension
@Restricted(NoExternalUse.class)
public final class DeliveryMonitor extends AdministrativeMonitor {
    /** A broker that is restarted is no news. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public String getDisplayName() {
        return Messages.DeliveryMonitor_displayName();
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    @Override
    public boolean isActivated() {
        return !getProblems().isEmpty();
    }

    /** A sentence for each; nothing of events. */
    public List<String> getProblems() {
        return problems(Understack.get().inbox(), Understack.get().receivers().status(), Instant.now());
    }

    static List<String> problems(Inbox inbox, List<SourceStatus> sources, Instant now) {
        List<String> all = new ArrayList<>();
        try {
            int letters = inbox.reader().deadLetterCount();
            if (letters > 0) {
                all.add(letters == 1 ? Messages.DeliveryMonitor_letter() : Messages.DeliveryMonitor_letters(letters));
            }
            if (inbox.problem() != null) {
                all.add(Messages.DeliveryMonitor_inbox(inbox.problem()));
            }
        } catch (UncheckedIOException e) {
            all.add(Messages.DeliveryMonitor_inbox(e.getCause().getMessage()));
        }
        for (SourceStatus source : sources) {
            if (source.state() == SourceStatus.State.DOWN && source.since().isBefore(now.minus(PATIENCE))) {
                all.add(Messages.DeliveryMonitor_down(source.name(), UnderstackConsole.seconds(source.since()), source.problem()));
            }
        }
        return all;
    }
}
