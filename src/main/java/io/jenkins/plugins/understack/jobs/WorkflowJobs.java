package io.jenkins.plugins.understack.jobs;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.BulkChange;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * Makes the jobs of the workflows where they are wanted. What an administrator has changed in a job is never written over; what the
 * plugin itself has made and nobody has changed follows the plugin.
 */
public final class WorkflowJobs {
    private static final Logger LOGGER = Logger.getLogger(WorkflowJobs.class.getName());

    /**
     * @param folder full name; nothing for the top
     * @param kubernetes whether they run in pods
     * @param keepDays how long builds are kept, -1 for ever
     * @param keepBuilds how many builds are kept, -1 for all
     */
    public record Settings(String folder, boolean kubernetes, int keepDays, int keepBuilds) {}

    /** What was done with one job, for people. */
    public record Report(String job, State state, String text) {}

    /** What became of a job. */
    public enum State {
        CREATED,
        UPDATED,
        UNCHANGED,
        /** Left as it is: an administrator has changed it, or made it. */
        KEPT,
        FAILED
    }

    private WorkflowJobs() {}

    /** With the rights of the system: whoever calls has checked that its user may configure all of Jenkins. Logs what it does. */
    public static synchronized List<Report> make(Settings settings) {
        List<Report> reports = new ArrayList<>();
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            for (WorkflowDefinition workflow : WorkflowDefinition.all()) {
                reports.add(make(workflow, settings));
            }
        }
        for (Report report : reports) {
            Level level = report.state == State.FAILED ? Level.WARNING : report.state == State.UNCHANGED ? Level.FINE : Level.INFO;
            LOGGER.log(level, "{0}", report.text);
        }
        return reports;
    }

    /** The configuration is read before the jobs. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void afterStart() {
        try {
            Settings settings = UnderstackConfiguration.get().workflowJobSettings();
            if (settings != null) {
                make(settings);
            }
        } catch (InvalidFieldException e) {
            // Jenkins starts all the same.
            LOGGER.log(Level.WARNING, "the jobs of the workflows are not made: {0}", e.getMessage());
        }
    }

    private static Report make(WorkflowDefinition workflow, Settings settings) {
        String name = settings.folder().isEmpty() ? workflow.name() : settings.folder() + "/" + workflow.name();
        try {
            Item there = Jenkins.get().getItemByFullName(name);
            JobContent wanted = workflow.content(settings);
            if (there == null) {
                WorkflowJob job = create(folder(settings.folder()), WorkflowJob.class, workflow.name());
                write(job, wanted);
                return new Report(name, State.CREATED, Messages.WorkflowJobs_created(name));
            }
            WorkflowJobProperty mark = there instanceof WorkflowJob job ? job.getProperty(WorkflowJobProperty.class) : null;
            if (mark == null) {
                return new Report(name, State.KEPT, Messages.WorkflowJobs_foreign(name));
            }
            return follow((WorkflowJob) there, mark, wanted);
        } catch (IOException | IllegalArgumentException e) {
            return new Report(name, State.FAILED, Messages.WorkflowJobs_failed(name, e.getMessage()));
        }
    }

    private static Report follow(WorkflowJob job, WorkflowJobProperty mark, JobContent wanted) throws IOException {
        JobContent found = JobContent.of(job);
        String name = job.getFullName();
        List<String> differences = found.differences(wanted);
        if (differences.isEmpty()) {
            return new Report(name, State.UNCHANGED, Messages.WorkflowJobs_unchanged(name));
        }
        if (!mark.isOf(found)) {
            return new Report(name, State.KEPT, Messages.WorkflowJobs_changed(name, String.join(", ", differences)));
        }
        write(job, wanted);
        return new Report(name, State.UPDATED, Messages.WorkflowJobs_updated(name, String.join(", ", differences)));
    }

    private static void write(WorkflowJob job, JobContent content) throws IOException {
        try (BulkChange change = new BulkChange(job)) {
            content.writeTo(job);
            job.removeProperty(WorkflowJobProperty.class);
            job.addProperty(new WorkflowJobProperty(content));
            change.commit();
        }
    }

    /** Made where it is not there. */
    private static ModifiableTopLevelItemGroup folder(String fullName) throws IOException {
        ModifiableTopLevelItemGroup parent = Jenkins.get();
        for (String part : fullName.isEmpty() ? new String[0] : fullName.split("/")) {
            Item there = parent.getItem(part);
            if (there == null) {
                parent = create(parent, Folder.class, part);
            } else if (there instanceof ModifiableTopLevelItemGroup group) {
                parent = group;
            } else {
                throw new IOException(Messages.WorkflowJobs_noFolder(there.getFullName()));
            }
        }
        return parent;
    }

    private static <T extends TopLevelItem> T create(ModifiableTopLevelItemGroup group, Class<T> type, String name) throws IOException {
        var descriptor = (TopLevelItemDescriptor) Jenkins.get().getDescriptorOrDie(type);
        return type.cast(group.createProject(descriptor, name, true));
    }
}
