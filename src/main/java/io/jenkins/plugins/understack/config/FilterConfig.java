package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.check.FormChecks;
import io.jenkins.plugins.understack.core.sensor.Comparator;
import io.jenkins.plugins.understack.core.sensor.DataFilter;
import io.jenkins.plugins.understack.core.sensor.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One entry of {@code filters}: {@code {path, comparator, type, value, required, default, nullAs}}. */
public final class FilterConfig extends AbstractDescribableImpl<FilterConfig> {
    private final String path;
    private List<String> value = new ArrayList<>();
    private String comparator;
    private String type;
    private boolean required;
    private String defaultValue;
    private String nullAs;

    @DataBoundConstructor
    public FilterConfig(String path) {
        this.path = path;
    }

    /** With several values, equals once meant what is in now. */
    private Object readResolve() {
        value = Lists.copy(value);
        if (value.size() > 1 && Comparator.EQUALS.label().equals(comparator)) {
            comparator = Comparator.IN.label();
        }
        return this;
    }

    public String getPath() {
        return path;
    }

    public List<String> getValue() {
        return value;
    }

    @DataBoundSetter
    public void setValue(List<String> value) {
        this.value = Lists.lines(value);
    }

    /** As the form's text area has them. */
    @Restricted(DoNotUse.class) // Jelly
    public String getValueText() {
        return String.join("\n", value);
    }

    /** Null for the one that goes with the number of values. */
    public String getComparator() {
        return comparator;
    }

    @DataBoundSetter
    public void setComparator(String comparator) {
        this.comparator = Util.fixEmptyAndTrim(comparator);
    }

    /** Null for the one that goes with the comparator. */
    public String getType() {
        return type;
    }

    @DataBoundSetter
    public void setType(String type) {
        this.type = Util.fixEmptyAndTrim(type);
    }

    public boolean isRequired() {
        return required;
    }

    @DataBoundSetter
    public void setRequired(boolean required) {
        this.required = required;
    }

    public String getDefault() {
        return defaultValue;
    }

    @DataBoundSetter
    public void setDefault(String defaultValue) {
        this.defaultValue = Util.fixEmpty(defaultValue);
    }

    public String getNullAs() {
        return nullAs;
    }

    @DataBoundSetter
    public void setNullAs(String nullAs) {
        this.nullAs = Util.fixEmpty(nullAs);
    }

    public DataFilter toCore() {
        return new DataFilter(
                path,
                comparator == null ? null : Comparator.parse(comparator),
                type == null ? null : ValueType.parse(type),
                value,
                required,
                defaultValue,
                nullAs);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<FilterConfig> {
        @POST
        public FormValidation doCheckPath(@AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item).path(value);
        }

        public ListBoxModel doFillComparatorItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.FilterConfig_byValues(), "");
            for (Comparator comparator : Comparator.values()) {
                items.add(comparator.label());
            }
            return items;
        }

        public ListBoxModel doFillTypeItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.FilterConfig_byComparator(), "");
            for (ValueType type : ValueType.values()) {
                items.add(type.label());
            }
            return items;
        }
    }
}
