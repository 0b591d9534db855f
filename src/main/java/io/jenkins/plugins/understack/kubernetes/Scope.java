package io.jenkins.plugins.understack.kubernetes;

import hudson.AbortException;
import java.util.Locale;

/** How long a Secret lives. */
enum Scope {
    /** As long as the agent's pod, at most until the build ends. */
    POD,
    /** Until the build ends, whatever agents it uses. */
    BUILD,
    /** Until somebody deletes it. */
    PERSIST;

    static Scope detect(Place place) {
        return place.pod() == null ? BUILD : POD;
    }

    /** @param scope {@code pod}, {@code build}, or null for the pod where there is one */
    static Scope of(String scope, boolean persist, Place place) throws AbortException {
        if (persist) {
            return PERSIST;
        }
        if (scope == null) {
            return detect(place);
        }
        return switch (scope.toLowerCase(Locale.ROOT)) {
            case "build" -> BUILD;
            case "pod" -> {
                if (place.pod() == null) {
                    throw new AbortException("scope: \"pod\" needs an agent in a pod of namespace \"" + place.namespace()
                            + "\", because Kubernetes removes a Secret whose owner is in another; expected \"build\" here");
                }
                yield POD;
            }
            default -> throw new AbortException("scope: \"" + scope + "\" is unknown; expected \"pod\" or \"build\"");
        };
    }
}
