package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.understack.core.obm.DeviceMatch;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code matches: {names, roles, tags}}. */
public final class DeviceMatchConfig extends AbstractDescribableImpl<DeviceMatchConfig> {
    private List<String> names;
    private List<String> roles;
    private List<String> tags;

    @DataBoundConstructor
    public DeviceMatchConfig() {}

    public List<String> getNames() {
        return Lists.copy(names);
    }

    @DataBoundSetter
    public void setNames(List<String> names) {
        this.names = Lists.lines(names);
    }

    public List<String> getRoles() {
        return Lists.copy(roles);
    }

    @DataBoundSetter
    public void setRoles(List<String> roles) {
        this.roles = Lists.lines(roles);
    }

    public List<String> getTags() {
        return Lists.copy(tags);
    }

    @DataBoundSetter
    public void setTags(List<String> tags) {
        this.tags = Lists.lines(tags);
    }

    @Restricted(DoNotUse.class) // Jelly
    public String getNamesText() {
        return String.join("\n", getNames());
    }

    @Restricted(DoNotUse.class) // Jelly
    public String getRolesText() {
        return String.join("\n", getRoles());
    }

    @Restricted(DoNotUse.class) // Jelly
    public String getTagsText() {
        return String.join("\n", getTags());
    }

    DeviceMatch toCore() {
        return DeviceMatch.parse(getNames(), getRoles(), getTags());
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<DeviceMatchConfig> {}
}
