package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Failure;
import hudson.util.FormValidation;
import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.jobs.WorkflowJobs;
import io.jenkins.plugins.understack.jobs.WorkflowJobs.Report;
import io.jenkins.plugins.understack.jobs.WorkflowJobs.Settings;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code workflowJobs: {folder, kubernetes, keepDays, keepBuilds}}: where it is given, the jobs of the workflows are made. */
public final class WorkflowJobsConfig extends AbstractDescribableImpl<WorkflowJobsConfig> {
    public static final int DEFAULT_KEEP_DAYS = 30;
    public static final int DEFAULT_KEEP_BUILDS = 200;

    private String folder;
    private boolean kubernetes;
    private int keepDays = DEFAULT_KEEP_DAYS;
    private int keepBuilds = DEFAULT_KEEP_BUILDS;

    @DataBoundConstructor
    public WorkflowJobsConfig() {}

    public String getFolder() {
        return folder;
    }

    @DataBoundSetter
    public void setFolder(String folder) {
        this.folder = Util.fixEmptyAndTrim(folder);
    }

    public boolean isKubernetes() {
        return kubernetes;
    }

    @DataBoundSetter
    public void setKubernetes(boolean kubernetes) {
        this.kubernetes = kubernetes;
    }

    public int getKeepDays() {
        return keepDays;
    }

    @DataBoundSetter
    public void setKeepDays(int keepDays) {
        this.keepDays = keepDays;
    }

    public int getKeepBuilds() {
        return keepBuilds;
    }

    @DataBoundSetter
    public void setKeepBuilds(int keepBuilds) {
        this.keepBuilds = keepBuilds;
    }

    /** @throws InvalidFieldException naming the field that cannot be used */
    Settings toSettings() {
        for (String part : folder == null ? new String[0] : folder.split("/", -1)) {
            try {
                Jenkins.checkGoodName(part);
            } catch (Failure e) {
                throw new InvalidFieldException("folder", "\"" + folder + "\" is no name of a folder: " + e.getMessage());
            }
        }
        return new Settings(
                folder == null ? "" : folder,
                kubernetes,
                (int) Fields.atLeast("keepDays", 1, keepDays),
                (int) Fields.atLeast("keepBuilds", 1, keepBuilds));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<WorkflowJobsConfig> {
        /** The button: makes the jobs now, as the form says, saved or not. */
        @POST
        public FormValidation doCreate(
                @QueryParameter String folder,
                @QueryParameter boolean kubernetes,
                @QueryParameter int keepDays,
                @QueryParameter int keepBuilds) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            WorkflowJobsConfig config = new WorkflowJobsConfig();
            config.setFolder(folder);
            config.setKubernetes(kubernetes);
            config.setKeepDays(keepDays);
            config.setKeepBuilds(keepBuilds);
            try {
                return answer(WorkflowJobs.make(config.toSettings()));
            } catch (InvalidFieldException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        private static FormValidation answer(List<Report> reports) {
            StringBuilder html = new StringBuilder("<ul>");
            reports.forEach(report -> html.append("<li>").append(Util.escape(report.text())).append("</li>"));
            html.append("</ul>");
            boolean failed = reports.stream().anyMatch(report -> report.state() == WorkflowJobs.State.FAILED);
            boolean kept = reports.stream().anyMatch(report -> report.state() == WorkflowJobs.State.KEPT);
            return failed
                    ? FormValidation.errorWithMarkup(html.toString())
                    : kept ? FormValidation.warningWithMarkup(html.toString()) : FormValidation.okWithMarkup(html.toString());
        }
    }
}
