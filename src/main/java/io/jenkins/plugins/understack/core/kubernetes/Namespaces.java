package io.jenkins.plugins.understack.core.kubernetes;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** In which namespace to work. */
public final class Namespaces {
    /** Where Kubernetes tells a container the namespace of its pod. */
    public static final Path SERVICE_ACCOUNT =
            Path.of(URI.create("file:///var/run/secrets/kubernetes.io/serviceaccount/namespace"));

    private Namespaces() {}

    /**
     * The first that is known.
     *
     * @param argument what the caller asked for, or null
     * @param configured that of the agent or the cloud, or null
     * @param serviceAccount {@link #SERVICE_ACCOUNT}
     * @throws InvalidFieldException where none is
     */
    public static String detect(String argument, String configured, Path serviceAccount) {
        if (Fields.optional(argument) != null) {
            return argument.strip();
        }
        if (Fields.optional(configured) != null) {
            return configured.strip();
        }
        String mounted = null;
        try {
            mounted = Fields.optional(Files.readString(serviceAccount));
        } catch (IOException e) {
            // Not in a pod.
        }
        if (mounted == null) {
            throw new InvalidFieldException(
                    "namespace",
                    "is not known: neither the step nor the cloud names one, and " + serviceAccount
                            + " does not either; expected one of them");
        }
        return mounted;
    }
}
