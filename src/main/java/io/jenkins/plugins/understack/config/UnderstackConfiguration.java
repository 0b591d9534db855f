package io.jenkins.plugins.understack.config;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.check.JobCheck;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** {@code unclassified: understack:}. What cannot work is refused before it is saved. */
@Extension
@Symbol("understack")
public final class UnderstackConfiguration extends GlobalConfiguration {
    private List<EventSourceConfig> eventSources = new ArrayList<>();
    private List<SensorConfig> sensors = new ArrayList<>();
    private NautobotConfig nautobot;
    private InboxConfig inbox;
    private transient Parts saved;

    /** What belongs together: all of it is saved, or nothing. */
    private record Parts(
            List<EventSourceConfig> eventSources, List<SensorConfig> sensors, NautobotConfig nautobot, InboxConfig inbox) {}

    public UnderstackConfiguration() {
        load();
        saved = parts();
    }

    private Parts parts() {
        return new Parts(eventSources, sensors, nautobot, inbox);
    }

    private void restore(Parts parts) {
        eventSources = parts.eventSources;
        sensors = parts.sensors;
        nautobot = parts.nautobot;
        inbox = parts.inbox;
    }

    public static UnderstackConfiguration get() {
        return ExtensionList.lookupSingleton(UnderstackConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.UnderstackConfiguration_displayName();
    }

    public synchronized List<EventSourceConfig> getEventSources() {
        return eventSources;
    }

    @DataBoundSetter
    public synchronized void setEventSources(List<EventSourceConfig> eventSources) {
        this.eventSources = Lists.copy(eventSources);
        save();
    }

    public synchronized List<SensorConfig> getSensors() {
        return sensors;
    }

    @DataBoundSetter
    public synchronized void setSensors(List<SensorConfig> sensors) {
        this.sensors = Lists.copy(sensors);
        save();
    }

    public synchronized NautobotConfig getNautobot() {
        return nautobot;
    }

    @DataBoundSetter
    public synchronized void setNautobot(NautobotConfig nautobot) {
        this.nautobot = nautobot;
        save();
    }

    public synchronized InboxConfig getInbox() {
        return inbox;
    }

    @DataBoundSetter
    public synchronized void setInbox(InboxConfig inbox) {
        this.inbox = inbox;
        save();
    }

    /** @throws InvalidFieldException naming the field that cannot be used */
    public synchronized Configuration toCore() {
        return new Configuration(
                Lists.map("eventSources", eventSources, EventSourceConfig::toCore),
                Lists.map("sensors", sensors, SensorConfig::toCore),
                nautobot == null ? null : nautobot.toCore(),
                Lists.within("inbox", inbox, InboxConfig::toCore));
    }

    private Configuration checked() {
        Configuration configuration = toCore();
        JobCheck.refuseNew(Understack.get().configuration().sensors(), configuration.sensors());
        return configuration;
    }

    /**
     * Saves and puts into effect.
     *
     * @throws InvalidFieldException where something cannot be used: nothing is written, and everything is as it was before
     */
    @Override
    public synchronized void save() {
        if (BulkChange.contains(this)) {
            return;
        }
        Configuration configuration;
        try {
            configuration = checked();
        } catch (InvalidFieldException e) {
            restore(saved);
            throw e;
        }
        super.save();
        saved = parts();
        Understack.get().configure(configuration);
    }

    @Override
    public synchronized boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try (BulkChange change = new BulkChange(this)) {
            // A list or section that was emptied is not in the form's data.
            eventSources = new ArrayList<>();
            sensors = new ArrayList<>();
            nautobot = null;
            inbox = null;
            req.bindJSON(this, json);
            checked();
            change.commit();
            return true;
        } catch (InvalidFieldException e) {
            restore(saved);
            throw new FormException(Messages.UnderstackConfiguration_refused(e.getMessage()), e, e.field());
        } catch (IOException | RuntimeException e) {
            restore(saved);
            throw new FormException(e, "eventSources");
        }
    }
}
