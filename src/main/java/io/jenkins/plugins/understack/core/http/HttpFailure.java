package io.jenkins.plugins.understack.core.http;

/**
 * A call that got no whole answer. The message says why in a few words ("no complete answer within 30 s"), without method, URL and
 * anything that was sent; whoever called knows these.
 */
public final class HttpFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** How far the call came. */
    public enum Kind {
        /** No connection: the server never saw the request. */
        NOT_CONNECTED,
        /** The certificate of the server is not trusted or is for another host: the server never saw the request. */
        NOT_TRUSTED,
        /** The connection ended before the answer did: the server may have done what was asked. */
        CUT,
        /** Too slow: the server may have done what was asked. */
        TIMEOUT,
        /** The answer is longer than its limit. */
        TOO_LONG
    }

    private final Kind kind;

    HttpFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether another attempt may end otherwise, with nothing changed by anybody. */
    public boolean isPassing() {
        return kind == Kind.NOT_CONNECTED || kind == Kind.CUT || kind == Kind.TIMEOUT;
    }
}
