package io.jenkins.plugins.understack.core.nautobot;

import io.jenkins.plugins.understack.core.http.HttpFailure;
import java.util.Set;

/** A request to Nautobot failed, or its answer is not what was looked for. The message says what was asked; never the token. */
public final class NautobotException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final int status;

    public NautobotException(String message) {
        this(message, 0);
    }

    public NautobotException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    NautobotException(String message, int status) {
        super(message);
        this.status = status;
    }

    /** Of the answer that was no success; 0 where that is not the reason. */
    public int status() {
        return status;
    }

    /** Whether it may be otherwise later without anybody doing something: no whole answer, or 429, 502, 503 or 504. */
    public boolean isPassing() {
        return PASSING.contains(status) || getCause() instanceof HttpFailure failure && failure.isPassing();
    }
}
