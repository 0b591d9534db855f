package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.List;
import java.util.Locale;

/**
 * A condition on one value of the event data.
 *
 * @param path see {@link io.jenkins.plugins.understack.core.path.DataPath}
 * @param value any of them may fit
 */
public record DataFilter(String path, Comparator comparator, List<String> value) {
    /** How a value of the event is compared, as text. */
    public enum Comparator {
        /** The same text. */
        EQUALS,
        /** An RE2 regular expression that describes the whole text. */
        MATCHES,
        /** An RE2 regular expression that is found anywhere in the text: what Argo Events does. */
        FIND;

        public static Comparator parse(String text) {
            String name = Fields.optional(text);
            if (name == null) {
                return EQUALS;
            }
            for (Comparator comparator : values()) {
                if (comparator.label().equals(name)) {
                    return comparator;
                }
            }
            throw new InvalidFieldException("comparator", "\"" + name + "\" is unknown; expected equals, matches or find");
        }

        /** As users write it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public DataFilter {
        path = Fields.required("path", path);
        comparator = comparator == null ? Comparator.EQUALS : comparator;
        value = Fields.notEmpty("value", value);
    }
}
