package io.jenkins.plugins.understack.core.kubernetes;

/**
 * A request to Kubernetes failed. The message names verb, resource, name and namespace, and for a missing right who lacks it. It
 * never quotes the answer of the server, because an admission webhook may put the request into it.
 */
public final class KubernetesException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    public KubernetesException(String message) {
        this(message, false);
    }

    /** @param passing it may be otherwise later without anybody doing something, as where the server does not answer */
    KubernetesException(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    public boolean isPassing() {
        return passing;
    }
}
