package io.jenkins.plugins.understack;

import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.core.source.SecretFields;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What is not to be shown of the events of sources, also of those that are gone from the configuration. Thread-safe. */
@Restricted(NoExternalUse.class)
public final class SourceSecrets {
    private final Supplier<Configuration> configuration;
    /** Of all sources there were since this process began, by their names. */
    private final Map<String, SecretFields> former = new ConcurrentHashMap<>();

    SourceSecrets(Supplier<Configuration> configuration) {
        this.configuration = configuration;
    }

    /** @param leaving sources that may be gone soon; while one is being closed, the last of its events may still come */
    void keep(List<EventSource> leaving) {
        leaving.forEach(source -> former.put(source.name(), source.rules().secrets()));
    }

    /** @param source by its name */
    public SecretFields of(String source) {
        Configuration now = configuration.get();
        return now.hasSource(source) ? now.rulesOf(source).secrets() : former.getOrDefault(source, SecretFields.NONE);
    }

    boolean hasAny(String source) {
        // What waits of a source that is gone from the configuration may have had some. Outcomes and the like belong to no source.
        return !source.isEmpty() && (!configuration.get().hasSource(source) || !of(source).isEmpty());
    }

    /** The event as people may see it. */
    public Event shown(StoredEvent stored) {
        return of(stored.event().source()).and(stored.secrets()).mask(stored.event());
    }
}
