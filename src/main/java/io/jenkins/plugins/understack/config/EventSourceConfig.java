package io.jenkins.plugins.understack.config;

import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.source.EventSource;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** An event source as it is kept in {@code config.xml}, edited in the form and written as code. */
@Restricted(NoExternalUse.class)
public abstract class EventSourceConfig extends AbstractDescribableImpl<EventSourceConfig> {
    private final String name;

    protected EventSourceConfig(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    /** @throws InvalidFieldException naming the field that cannot be used */
    public abstract EventSource toCore();
}
