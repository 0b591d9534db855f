package io.jenkins.plugins.understack.trigger;

import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** Looks through the builds of jobs for those of starts. */
final class RunSearch {
    /** A clock may be put back. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private RunSearch() {}

    /** By start; loads the builds of each job that are not older than the oldest start. */
    static Map<String, Run<?, ?>> find(Map<String, PendingStart> starts) {
        Map<String, List<PendingStart>> ofJob =
                starts.values().stream().collect(Collectors.groupingBy(start -> start.start().job()));
        Map<String, Run<?, ?>> found = new HashMap<>();
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            ofJob.forEach((name, ofThis) -> {
                Job<?, ?> job = Jenkins.get().getItemByFullName(name, Job.class);
                if (job != null) {
                    find(job, starts, oldest(ofThis), found);
                }
            });
        }
        return found;
    }

    private static void find(Job<?, ?> job, Map<String, PendingStart> starts, Instant oldest, Map<String, Run<?, ?>> found) {
        for (Run<?, ?> run = job.getLastBuild(); run != null; run = run.getPreviousBuild()) {
            if (Instant.ofEpochMilli(run.getTimeInMillis()).isBefore(oldest)) {
                return;
            }
            EventAction action = run.getAction(EventAction.class);
            if (action != null && starts.containsKey(action.start())) {
                found.put(action.start(), run);
            }
        }
    }

    private static Instant oldest(Collection<PendingStart> starts) {
        return starts.stream().map(PendingStart::since).min(Comparator.naturalOrder()).orElseThrow().minus(MARGIN);
    }
}
