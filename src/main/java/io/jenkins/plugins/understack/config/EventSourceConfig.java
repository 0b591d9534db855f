package io.jenkins.plugins.understack.config;

import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.core.source.SecretFields;
import io.jenkins.plugins.understack.core.source.SourceRules;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** An event source as it is kept in {@code config.xml}, edited in the form and written as code. */
@Restricted(NoExternalUse.class)
public abstract class EventSourceConfig extends AbstractDescribableImpl<EventSourceConfig> {
    private final String name;
    private Integer inFlight;
    private RetentionConfig retention;
    private List<String> secretFields;

    protected EventSourceConfig(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    public Integer getInFlight() {
        return inFlight;
    }

    @DataBoundSetter
    public void setInFlight(Integer inFlight) {
        this.inFlight = inFlight;
    }

    public RetentionConfig getRetention() {
        return retention;
    }

    @DataBoundSetter
    public void setRetention(RetentionConfig retention) {
        this.retention = retention;
    }

    public List<String> getSecretFields() {
        return Lists.copy(secretFields);
    }

    /** As the form's text area has them. */
    @Restricted(DoNotUse.class) // Jelly
    public String getSecretFieldsText() {
        return String.join("\n", getSecretFields());
    }

    @DataBoundSetter
    public void setSecretFields(List<String> secretFields) {
        this.secretFields = Lists.lines(secretFields);
    }

    SourceRules rules() {
        return new SourceRules(
                inFlight,
                Lists.within("retention", retention, RetentionConfig::toCore),
                SecretFields.parse(getSecretFields()));
    }

    /** @throws InvalidFieldException naming the field that cannot be used */
    public abstract EventSource toCore();
}
