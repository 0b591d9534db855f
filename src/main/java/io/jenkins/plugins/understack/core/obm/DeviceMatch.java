package io.jenkins.plugins.understack.core.obm;

import io.jenkins.plugins.understack.core.text.TextPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which devices a rule is for. What is empty is no condition; all that are given must be met. A BMC of which only the address is
 * known meets none.
 *
 * @param names regular expressions (RE2), of which one must fit somewhere in the name
 * @param roles names of roles, of which the device must have one
 * @param tags names of tags, of which the device must have one
 */
public record DeviceMatch(List<TextPattern> names, List<String> roles, List<String> tags) {
    public static final DeviceMatch ALL = new DeviceMatch(List.of(), List.of(), List.of());

    public DeviceMatch {
        names = List.copyOf(names);
        roles = List.copyOf(roles);
        tags = List.copyOf(tags);
    }

    /** @throws io.jenkins.plugins.understack.core.InvalidFieldException for what is no expression */
    public static DeviceMatch parse(List<String> names, List<String> roles, List<String> tags) {
        List<TextPattern> patterns = new ArrayList<>();
        for (String name : names) {
            patterns.add(TextPattern.compile("names[" + patterns.size() + "]", name));
        }
        return new DeviceMatch(patterns, roles, tags);
    }

    /** Looks the device up only where a condition needs it, the one on its name first. */
    boolean test(ObmDevice device) throws ObmCredentialException, InterruptedException {
        if (!names.isEmpty()) {
            Optional<String> name = device.name();
            if (name.isEmpty() || names.stream().noneMatch(pattern -> pattern.find(name.get()))) {
                return false;
            }
        }
        if (roles.isEmpty() && tags.isEmpty()) {
            return true;
        }
        Optional<DeviceDirectory.Device> record = device.record();
        return record.isPresent()
                && (roles.isEmpty() || roles.contains(record.get().role()))
                && (tags.isEmpty() || tags.stream().anyMatch(record.get().tags()::contains));
    }
}
