package io.jenkins.plugins.understack.console;

import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Origin;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** {@code events/<number>/}: one event, what was decided, and what became of it. */
@Restricted(NoExternalUse.class)
public final class EventPage extends InboxPage {
    private final StoredEvent stored;

    EventPage(StoredEvent stored) {
        this.stored = stored;
    }

    /** For administrators. @param sensor to which of its sensors; nothing for all */
    @RequirePOST
    public HttpResponse doReplay(StaplerRequest2 request, @QueryParameter String sensor) {
        InboxActions.check();
        String wanted = sensor == null || sensor.isEmpty() ? null : sensor;
        List<Decision> decisions = InboxActions.replay(stored, wanted);
        Notes.tell(request, InboxActions.words(decisions, wanted, stored.number()));
        return HttpResponses.redirectToDot();
    }

    public EventsPage.Row getRow() {
        return new EventsPage.Row(stored, List.of());
    }

    /** When it was received. */
    public String getReceived() {
        return UnderstackConsole.seconds(stored.event().time());
    }

    public String getKind() {
        return stored.event().kind();
    }

    public List<StartRow> getStarts() {
        return readable(reader -> StartRow.of(reader, stored.number(), new Waits()), List.of());
    }

    public List<DecisionRow> getDecisions() {
        return stored.decisions().stream().map(DecisionRow::new).toList();
    }

    /** Names of those that see it when it is replayed. */
    public List<String> getSensors() {
        return Understack.get().sensors().find(Origin.of(stored.event())).stream()
                .map(program -> program.sensor().name())
                .distinct()
                .sorted()
                .toList();
    }

    /** Indented CloudEvents JSON, for administrators; without what is secret. */
    public String getJson() {
        InboxActions.check();
        return Understack.get().secrets().shown(stored).toCloudEvent().toPrettyString();
    }
}
