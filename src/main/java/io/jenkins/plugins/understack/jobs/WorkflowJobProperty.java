package io.jenkins.plugins.understack.jobs;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.JobProperty;
import hudson.model.JobPropertyDescriptor;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.kohsuke.stapler.StaplerRequest2;

/** Marks a job that this plugin has made, and tells what an administrator has changed since. */
public final class WorkflowJobProperty extends JobProperty<WorkflowJob> {
    private final String digest;

    WorkflowJobProperty(JobContent made) {
        this.digest = made.digest();
    }

    boolean isOf(JobContent content) {
        return digest.equals(content.digest());
    }

    /** No form shows it, and none takes it away. */
    @Override
    public JobProperty<?> reconfigure(StaplerRequest2 req, JSONObject form) {
        return this;
    }

    @Extension
    public static final class DescriptorImpl extends JobPropertyDescriptor {
        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends Job> type) {
            return WorkflowJob.class.isAssignableFrom(type);
        }

        @Override
        public JobProperty<?> newInstance(StaplerRequest2 req, JSONObject form) {
            return null;
        }

        @Override
        public String getDisplayName() {
            return Messages.WorkflowJobProperty_displayName();
        }
    }
}
