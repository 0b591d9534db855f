package io.jenkins.plugins.understack.core.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what fabric8 throws into messages that say what to do. */
final class KubernetesCalls {
    /** How the API server says who was refused. */
    private static final Pattern USER = Pattern.compile("User \"([^\"]{1,300})\"");
    private static final int UNPROCESSABLE = 422;

    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final String server;
    private final String namespace;

    /** @param server the URL, said where the server does not say who was refused */
    KubernetesCalls(String server, String namespace) {
        this.server = server;
        this.namespace = namespace;
    }

    String namespace() {
        return namespace;
    }

    /**
     * @param verb and resource as a Role names them
     * @param name of the object
     */
    <T> T run(String verb, String resource, String name, Supplier<T> call) throws KubernetesException, InterruptedException {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            if (Thread.interrupted() || hasCause(e, InterruptedException.class)) {
                throw new InterruptedException();
            }
            throw new KubernetesException(message(verb, resource, name, e), e.getCode() <= 0 || PASSING.contains(e.getCode()));
        }
    }

    /**
     * Creates what several may want at the same time, as branches of one build do; so does fabric8, which asks once more after status 5xx.
     *
     * @return null where it is there already
     */
    <T> T createUnlessThere(String resource, String name, Supplier<T> create) throws KubernetesException, InterruptedException {
        return run("create", resource, name, () -> {
            try {
                return create.get();
            } catch (KubernetesClientException e) {
                if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                    return null;
                }
                throw e;
            }
        });
    }

    /** For what was there when it was made, and is not any more. */
    KubernetesException madeAndRemoved(String kind, String name) {
        return new KubernetesException("kubernetes: " + kind + " \"" + name + "\" in namespace \"" + namespace
                + "\" is removed and made by somebody else at the same time; expected one build to use this name");
    }

    private String message(String verb, String resource, String name, KubernetesClientException e) {
        String what = "kubernetes: " + verb + " " + resource + " \"" + name + "\" in namespace \"" + namespace + "\": ";
        if (e.getCode() <= 0) {
            return what + server + " cannot be reached" + reason(e);
        }
        return what + switch (e.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN -> forbidden(verb, resource, e);
            case HttpURLConnection.HTTP_UNAUTHORIZED -> server + " does not know who asks (status 401); renew the token or credential of the cloud";
            case HttpURLConnection.HTTP_NOT_FOUND -> "there is none (status 404); expected the namespace and the object to exist";
            case UNPROCESSABLE -> "refused as invalid (status 422)" + fields(e.getStatus());
            default -> "status " + e.getCode() + reason(e.getStatus());
        };
    }

    private String forbidden(String verb, String resource, KubernetesClientException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        if (message.contains("blockOwnerDeletion")) {
            // The admission plugin OwnerReferencesPermissionEnforcement.
            return "this cluster wants the right to change the finalizers of the owner. Add to the Role in namespace \"" + namespace
                    + "\": {apiGroups: [\"\"], resources: [\"pods/finalizers\", \"configmaps/finalizers\"], verbs: [\"update\"]}";
        }
        Matcher user = USER.matcher(message);
        boolean known = user.find();
        String who = known ? user.group(1) : null;
        return "the right \"" + resource + " " + verb + "\" is missing for " + (known ? who : "the user of " + server)
                + ". Add to its Role in namespace \"" + namespace + "\": {apiGroups: [\"\"], resources: [\"" + resource + "\"], verbs: [\""
                + verb + "\"]}; try with: kubectl auth can-i " + verb + " " + resource + " -n " + namespace
                + (known ? " --as " + who : "");
    }

    /** Names of fields only: their values may be secret. */
    private static String fields(Status status) {
        if (status == null || status.getDetails() == null || status.getDetails().getCauses() == null) {
            return "";
        }
        List<String> fields = status.getDetails().getCauses().stream().map(StatusCause::getField).filter(Objects::nonNull).toList();
        return fields.isEmpty() ? "" : ", see " + fields;
    }

    /** One word such as {@code AlreadyExists}. */
    private static String reason(Status status) {
        return status == null || status.getReason() == null ? "" : " (" + status.getReason() + ")";
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return " (" + (cause.getMessage() == null || cause == e ? cause.getClass().getSimpleName() : cause.getMessage()) + ")";
    }

    private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
