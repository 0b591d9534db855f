package io.jenkins.plugins.understack.kubernetes;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.kubernetes.KubernetesException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import jenkins.model.Jenkins;

/**
 * What is to be removed, kept in {@code JENKINS_HOME/understack/hand-over-secrets.xml}: written before anything is made in a cluster,
 * so that a crash forgets nothing, and until it is gone there, also where the cluster cannot be reached when the build ends or where
 * the build itself was deleted. In one file for all builds, because builds that end are not easily found after a crash. Thread-safe.
 */
@Extension
public final class HandoverRecords {
    private List<HandoverRecord> records;
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    static HandoverRecords get() {
        return ExtensionList.lookupSingleton(HandoverRecords.class);
    }

    private static XmlFile file() {
        return new XmlFile(Jenkins.XSTREAM2, new File(Jenkins.get().getRootDir(), "understack/hand-over-secrets.xml"));
    }

    synchronized void add(HandoverRecord record) throws IOException {
        if (records().stream().noneMatch(record::isSameAs)) {
            records().add(record);
            save();
        }
    }

    synchronized void remove(HandoverRecord record) throws IOException {
        if (records().removeIf(record::isSameAs)) {
            save();
        }
        if (records().stream().noneMatch(other -> other.run.equals(record.run))) {
            ended.remove(record.run);
        }
    }

    /** Removes a Secret of a build that goes on. */
    void removeNow(Run<?, ?> run, String secret) throws IOException, KubernetesException, InterruptedException {
        List<HandoverRecord> found;
        synchronized (this) {
            found = records().stream()
                    .filter(record -> record.run.equals(run.getExternalizableId()) && secret.equals(record.secret))
                    .toList();
        }
        for (HandoverRecord record : found) {
            record.remove();
            remove(record);
        }
    }

    /** @return whether there is something to remove */
    synchronized boolean ended(Run<?, ?> run) {
        String id = run.getExternalizableId();
        return records().stream().anyMatch(record -> record.run.equals(id)) && ended.add(id);
    }

    /** Those of builds that have ended or are gone; Secrets before the marker that owns them. */
    List<HandoverRecord> due() {
        List<HandoverRecord> all;
        synchronized (this) {
            all = List.copyOf(records());
        }
        Predicate<HandoverRecord> over = record -> ended.contains(record.run) || !isBuilding(record.run);
        return all.stream().filter(over).sorted((a, b) -> Boolean.compare(a.secret == null, b.secret == null)).toList();
    }

    private static boolean isBuilding(String id) {
        Run<?, ?> run = Run.fromExternalizableId(id);
        return run != null && run.isBuilding();
    }

    private List<HandoverRecord> records() {
        if (records == null) {
            try {
                @SuppressWarnings("unchecked")
                List<HandoverRecord> read = file().exists() ? (List<HandoverRecord>) file().read() : List.of();
                records = new ArrayList<>(read);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return records;
    }

    private void save() throws IOException {
        file().write(new ArrayList<>(records));
    }
}
