package io.jenkins.plugins.understack.console;

import hudson.model.Job;
import hudson.security.AccessDeniedException3;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** Addresses relative to Jenkins; null for what the current user may not see. */
final class Links {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private Links() {}

    /** @param id as {@code Run.getExternalizableId} gives it; the run is not loaded */
    static String run(String id) {
        int end = id == null ? -1 : id.lastIndexOf('#');
        if (end < 0 || !NUMBER.matcher(id.substring(end + 1)).matches()) {
            return null;
        }
        String job = job(id.substring(0, end));
        return job == null ? null : job + id.substring(end + 1) + "/";
    }

    static String job(String fullName) {
        try {
            Job<?, ?> job = Jenkins.get().getItemByFullName(fullName, Job.class);
            return job == null ? null : job.getUrl();
        } catch (AccessDeniedException3 e) {
            // It may be known that it exists, and no more.
            return null;
        }
    }
}
