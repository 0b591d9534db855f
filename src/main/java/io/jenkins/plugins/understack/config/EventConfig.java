package io.jenkins.plugins.understack.config;

import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.understack.core.KeyValueLines;
import io.jenkins.plugins.understack.core.source.EventIdentity;
import io.jenkins.plugins.understack.core.source.EventSource;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** What the events of all sources have in common: a name, an identity, a limit and metadata. */
@Restricted(NoExternalUse.class)
public abstract class EventConfig<T extends EventConfig<T>> extends AbstractDescribableImpl<T> {
    private final String name;
    private String idHeader;
    private String idPath;
    private long maxPayloadSize = EventSource.DEFAULT_MAX_PAYLOAD_SIZE;
    private String metadata;

    protected EventConfig(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    public String getIdHeader() {
        return idHeader;
    }

    @DataBoundSetter
    public void setIdHeader(String idHeader) {
        this.idHeader = Util.fixEmptyAndTrim(idHeader);
    }

    public String getIdPath() {
        return idPath;
    }

    @DataBoundSetter
    public void setIdPath(String idPath) {
        this.idPath = Util.fixEmptyAndTrim(idPath);
    }

    public long getMaxPayloadSize() {
        return maxPayloadSize;
    }

    @DataBoundSetter
    public void setMaxPayloadSize(long maxPayloadSize) {
        this.maxPayloadSize = maxPayloadSize;
    }

    public String getMetadata() {
        return metadata;
    }

    @DataBoundSetter
    public void setMetadata(String metadata) {
        this.metadata = Util.fixEmptyAndTrim(metadata);
    }

    EventIdentity identity() {
        return EventIdentity.of(idHeader, idPath);
    }

    Map<String, String> metadata() {
        return KeyValueLines.parseText("metadata", metadata);
    }
}
