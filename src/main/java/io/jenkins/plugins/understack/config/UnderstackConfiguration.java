package io.jenkins.plugins.understack.config;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.check.JobCheck;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.jobs.WorkflowJobs;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import io.jenkins.plugins.understack.core.nautobot.Nautobots;
import io.jenkins.plugins.understack.core.openstack.Clouds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
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
    private List<NautobotConfig> nautobots = new ArrayList<>();
    private InboxConfig inbox;
    private WorkflowJobsConfig workflowJobs;
    private ObmConfig obm;
    private KubernetesConfig kubernetes;
    private List<OpenstackConfig> openstack = new ArrayList<>();
    private transient Parts saved;

    /** What belongs together: all of it is saved, or nothing. */
    private record Parts(
            List<EventSourceConfig> eventSources,
            List<SensorConfig> sensors,
            NautobotConfig nautobot,
            List<NautobotConfig> nautobots,
            InboxConfig inbox,
            WorkflowJobsConfig workflowJobs,
            ObmConfig obm,
            KubernetesConfig kubernetes,
            List<OpenstackConfig> openstack) {}

    public UnderstackConfiguration() {
        load();
        saved = parts();
    }

    private Parts parts() {
        return new Parts(eventSources, sensors, nautobot, nautobots, inbox, workflowJobs, obm, kubernetes, openstack);
    }

    private void restore(Parts parts) {
        eventSources = parts.eventSources;
        sensors = parts.sensors;
        nautobot = parts.nautobot;
        nautobots = parts.nautobots;
        inbox = parts.inbox;
        workflowJobs = parts.workflowJobs;
        obm = parts.obm;
        kubernetes = parts.kubernetes;
        openstack = parts.openstack;
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

    /** Those beside {@link #getNautobot}. */
    public synchronized List<NautobotConfig> getNautobots() {
        return Lists.copy(nautobots);
    }

    @DataBoundSetter
    public synchronized void setNautobots(List<NautobotConfig> nautobots) {
        this.nautobots = Lists.copy(nautobots);
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

    public synchronized WorkflowJobsConfig getWorkflowJobs() {
        return workflowJobs;
    }

    @DataBoundSetter
    public synchronized void setWorkflowJobs(WorkflowJobsConfig workflowJobs) {
        this.workflowJobs = workflowJobs;
        save();
    }

    /**
     * Null where no jobs are wanted.
     *
     * @throws InvalidFieldException naming the field that cannot be used
     */
    public synchronized WorkflowJobs.Settings workflowJobSettings() {
        return Lists.within("workflowJobs", workflowJobs, WorkflowJobsConfig::toSettings);
    }

    public synchronized ObmConfig getObm() {
        return obm;
    }

    @DataBoundSetter
    public synchronized void setObm(ObmConfig obm) {
        this.obm = obm;
        save();
    }

    public synchronized KubernetesConfig getKubernetes() {
        return kubernetes;
    }

    @DataBoundSetter
    public synchronized void setKubernetes(KubernetesConfig kubernetes) {
        this.kubernetes = kubernetes;
        save();
    }

    public synchronized List<OpenstackConfig> getOpenstack() {
        return Lists.copy(openstack);
    }

    @DataBoundSetter
    public synchronized void setOpenstack(List<OpenstackConfig> openstack) {
        this.openstack = Lists.copy(openstack);
        save();
    }

    /** @throws InvalidFieldException naming the field that cannot be used */
    public synchronized Clouds clouds() {
        return new Clouds(Lists.map("openstack", openstack, OpenstackConfig::toCore));
    }

    /** @throws InvalidFieldException naming the field that cannot be used */
    public synchronized Configuration toCore() {
        return new Configuration(
                Lists.map("eventSources", eventSources, EventSourceConfig::toCore),
                Lists.map("sensors", sensors, SensorConfig::toCore),
                nautobots(),
                Lists.within("inbox", inbox, InboxConfig::toCore));
    }

    /** Of use also where something else of the configuration cannot be used. */
    public synchronized Nautobots nautobots() {
        List<NautobotSettings> all = Lists.map("nautobots", nautobots, NautobotConfig::toCore);
        if (nautobot != null) {
            all.add(0, Lists.within("nautobot", nautobot, NautobotConfig::toCore));
        }
        return new Nautobots(all);
    }

    private Configuration checked() {
        Configuration configuration = toCore();
        Lists.within("obm", obm, it -> it.toCore(null));
        clouds();
        WorkflowJobs.Settings jobs = workflowJobSettings();
        if (jobs != null && Jenkins.get().getInitLevel().compareTo(InitMilestone.JOB_CONFIG_ADAPTED) >= 0) {
            // First, because sensors may start them.
            WorkflowJobs.make(jobs);
        }
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
            nautobots = new ArrayList<>();
            inbox = null;
            workflowJobs = null;
            obm = null;
            kubernetes = null;
            openstack = new ArrayList<>();
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
