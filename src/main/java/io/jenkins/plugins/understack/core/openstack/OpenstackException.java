package io.jenkins.plugins.understack.core.openstack;

import java.util.Set;

/** A request to OpenStack failed, or its answer is not what was looked for. The message says what was asked; never a token or password. */
public final class OpenstackException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A conflict, such as a node that is locked; too many requests; no worker, or a proxy without its server. */
    private static final Set<Integer> TEMPORARY = Set.of(409, 429, 502, 503, 504);

    private final int status;
    private final boolean temporary;

    public OpenstackException(String message) {
        super(message);
        this.status = 0;
        this.temporary = false;
    }

    /**
     * No answer of the service itself.
     *
     * @param temporary whether there may be one another time
     */
    OpenstackException(String message, boolean temporary, Throwable cause) {
        super(message, cause);
        this.status = 0;
        this.temporary = temporary;
    }

    OpenstackException(String message, int status) {
        super(message);
        this.status = status;
        this.temporary = isTemporary(status);
    }

    /** Of the answer that was no success; 0 where that is not the reason. */
    public int status() {
        return status;
    }

    static boolean isTemporary(int status) {
        return TEMPORARY.contains(status);
    }

    /** Whether the same request may succeed later. */
    boolean isTemporary() {
        return temporary;
    }

    /** Whether the service has surely not done what was asked, where this is temporary. */
    boolean isRefusal() {
        return status == 409 || status == 429;
    }
}
