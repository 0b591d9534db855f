package io.jenkins.plugins.understack.core.openstack;

import io.jenkins.plugins.understack.core.Fields;
import java.util.List;

/** The OpenStacks of a configuration, which differ by name. */
public record Clouds(List<Cloud> all) {
    public static final Clouds NONE = new Clouds(List.of());

    public Clouds {
        all = List.copyOf(all);
        Fields.unique("openstack", all, Cloud::name);
    }

    /**
     * @param name null or blank for the only one, or among several for the one named {@code default}
     * @throws OpenstackException where there is none of that name, or it cannot be chosen without one
     */
    public Cloud pick(String name) throws OpenstackException {
        if (all.isEmpty()) {
            throw new OpenstackException("no OpenStack is configured; expected unclassified.understack.openstack"
                    + " in Configuration as Code (in Jenkins also Manage Jenkins, System, UnderStack)");
        }
        String wanted = Fields.optional(name);
        if (wanted == null && all.size() == 1) {
            return all.get(0);
        }
        String chosen = wanted == null ? Cloud.DEFAULT_NAME : wanted;
        List<String> names = all.stream().map(Cloud::name).toList();
        return all.stream()
                .filter(cloud -> cloud.name().equals(chosen))
                .findFirst()
                .orElseThrow(() -> new OpenstackException(wanted == null
                        ? "cloud: is not given and no OpenStack is named \"default\"; expected one of " + names
                        : "cloud: \"" + wanted + "\" is not configured; expected one of " + names));
    }
}
