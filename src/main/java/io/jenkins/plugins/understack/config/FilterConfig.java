package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.core.sensor.DataFilter;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** One entry of {@code filters}: {@code {path, comparator, value}}. */
public final class FilterConfig extends AbstractDescribableImpl<FilterConfig> {
    private final String path;
    private final List<String> value;
    private String comparator = DataFilter.Comparator.EQUALS.label();

    @DataBoundConstructor
    public FilterConfig(String path, List<String> value) {
        this.path = path;
        this.value = Lists.lines(value);
    }

    public String getPath() {
        return path;
    }

    public List<String> getValue() {
        return value;
    }

    /** As the form's text area has them. */
    @Restricted(DoNotUse.class) // Jelly
    public String getValueText() {
        return String.join("\n", value);
    }

    public String getComparator() {
        return comparator;
    }

    @DataBoundSetter
    public void setComparator(String comparator) {
        this.comparator = comparator;
    }

    DataFilter toCore() {
        return new DataFilter(path, DataFilter.Comparator.parse(comparator), value);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<FilterConfig> {
        public ListBoxModel doFillComparatorItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.FilterConfig_equals(), "equals"),
                    new ListBoxModel.Option(Messages.FilterConfig_matches(), "matches"),
                    new ListBoxModel.Option(Messages.FilterConfig_find(), "find"));
        }
    }
}
