package io.jenkins.plugins.understack.check;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParametersDefinitionProperty;
import hudson.util.FormValidation;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.Durations;
import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.path.DataPath;
import io.jenkins.plugins.understack.core.jq.JqProgram;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.core.source.SecretFields;
import java.util.List;
import java.util.function.Supplier;
import jenkins.model.Jenkins;

/**
 * What the form of a sensor says of a field when it is left. Those who may not save the form are told nothing: the answers name sources,
 * jobs and parameters.
 */
public final class FormChecks {
    private final boolean allowed;

    private FormChecks(boolean allowed) {
        this.allowed = allowed;
    }

    /** For the central list. */
    public static FormChecks central() {
        return new FormChecks(Jenkins.get().hasPermission(Jenkins.ADMINISTER));
    }

    /** @param item whose form it is, or null for the central list */
    public static FormChecks of(Item item) {
        return item == null ? central() : new FormChecks(item.hasPermission(Item.CONFIGURE));
    }

    public FormValidation required(String value) {
        return check(() -> Fields.required("", value));
    }

    public FormValidation jq(String program) {
        return Fields.optional(program) == null ? FormValidation.ok() : check(() -> JqProgram.compile("", program));
    }

    public FormValidation duration(String text) {
        return check(() -> Durations.parse("", text));
    }

    /** A whole number from 1 on, or nothing. */
    public FormValidation limit(String text) {
        return atLeast(1, text);
    }

    /** A whole number from there on, or nothing. */
    public FormValidation atLeast(long minimum, String text) {
        return check(() -> {
            Fields.atLeastOrNull("", minimum, Fields.wholeNumber("", text));
            return FormValidation.ok();
        });
    }

    /** One path a line. */
    public FormValidation secretFields(String lines) {
        return check(() -> SecretFields.parse(
                lines == null ? List.of() : lines.lines().filter(line -> !line.isBlank()).toList()));
    }

    public FormValidation nautobot(String url) {
        return check(() -> new NautobotSettings(url, "any", null));
    }

    /** PEM, or nothing. */
    public FormValidation certificates(String pem) {
        return check(() -> new TlsTrust(pem, false));
    }

    public FormValidation path(String path) {
        return Fields.optional(path) == null ? FormValidation.ok() : check(() -> DataPath.parse("", path.strip()));
    }

    /** A warning only: the source may be new in the same form. Empty where the sensor has several dependencies. */
    public FormValidation source(String name) {
        return check(() -> {
            List<String> names = sources().stream().map(EventSource::name).toList();
            return Fields.optional(name) == null || names.contains(name.strip()) ? FormValidation.ok() : FormValidation.warning(Messages.FormChecks_source(name, names));
        });
    }

    /** Of a source that is not saved yet, nothing is said. */
    public FormValidation event(String source, String name) {
        return check(() -> sources().stream()
                .filter(candidate -> candidate.name().equals(Fields.optional(source)))
                .findFirst()
                .filter(found -> !found.eventNames().contains(String.valueOf(name).strip()))
                .map(found -> FormValidation.warning(Messages.FormChecks_event(source, name, found.eventNames())))
                .orElse(FormValidation.ok()));
    }

    public FormValidation job(String name) {
        return check(() -> {
            Job<?, ?> job = JobCheck.find(Fields.required("", name));
            return job.isBuildable() ? FormValidation.ok() : FormValidation.warning(Messages.FormChecks_disabled(name));
        });
    }

    /**
     * The name of a parameter.
     *
     * @param item whose form it is, or null
     * @param job in the central list the job that the sensor starts, else null
     */
    public static FormValidation parameter(Item item, String job, String name) {
        FormChecks checks = of(item);
        return checks.check(() -> {
            Fields.required("", name);
            Job<?, ?> found = item instanceof Job<?, ?> own ? own : job(checks, item, job);
            if (found == null) {
                return FormValidation.ok();
            }
            ParametersDefinitionProperty property = found.getProperty(ParametersDefinitionProperty.class);
            if (property == null && JobCheck.isUnknownYet(found)) {
                return FormValidation.ok();
            }
            List<String> declared = property == null ? List.of() : property.getParameterDefinitionNames();
            return declared.contains(name.strip())
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.FormChecks_parameter(found.getFullName(), name, declared));
        });
    }

    /** Null where there is none: the field of the job says so. Another job is looked at only for the central list. */
    private static Job<?, ?> job(FormChecks checks, Item item, String name) {
        try {
            return !checks.allowed || item != null || Fields.optional(name) == null ? null : JobCheck.find(name.strip());
        } catch (InvalidFieldException e) {
            return null;
        }
    }

    private static List<EventSource> sources() {
        return Understack.get().configuration().eventSources();
    }

    private FormValidation check(Supplier<?> check) {
        if (!allowed) {
            return FormValidation.ok();
        }
        try {
            return check.get() instanceof FormValidation validation ? validation : FormValidation.ok();
        } catch (InvalidFieldException e) {
            return FormValidation.error(e.detail());
        }
    }
}
