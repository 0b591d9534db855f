package io.jenkins.plugins.understack.core.http;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * When a call is made again. One that never reached the server (no connection) always may be, with any method: nothing can
 * have happened. One that may have reached it only with the methods named here. A call that was too slow never: it has
 * had its time.
 *
 * @param attempts in all, so 1 is none after the first
 * @param first the first wait is between half of this and this; the next are twice as long each
 * @param longest bound of every wait, also of one that the server asks for with {@code Retry-After} (RFC 9110, 10.2.3)
 * @param statuses that a later attempt may change, such as 503
 * @param methods in upper case that may be repeated after such a status, or when the connection was cut
 */
public record HttpRetries(int attempts, Duration first, Duration longest, Set<Integer> statuses, Set<String> methods) {
    /** Those that do the same when done twice (RFC 9110, 9.2.2). */
    public static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

    /** For APIs that many ask: waits of 2 to 4, 4 to 8, 8 to 16 and 15 to 30 seconds. */
    public static final HttpRetries REST =
            new HttpRetries(5, Duration.ofSeconds(4), Duration.ofSeconds(30), Set.of(429, 502, 503, 504), IDEMPOTENT);

    public static final HttpRetries NONE = new HttpRetries(1, Duration.ZERO, Duration.ZERO, Set.of(), Set.of());

    public HttpRetries {
        statuses = Set.copyOf(statuses);
        methods = Set.copyOf(methods);
        if (attempts < 1 || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("expected at least one attempt and a longest wait that is not shorter than the first");
        }
    }

    /** The same rules with one method more: a POST that only asks, for example. */
    HttpRetries also(String method) {
        Set<String> more = new HashSet<>(methods);
        more.add(method);
        return new HttpRetries(attempts, first, longest, statuses, more);
    }

    boolean repeats(String method, int status) {
        return statuses.contains(status) && methods.contains(method);
    }

    boolean repeats(String method, HttpFailure.Kind kind) {
        return kind == HttpFailure.Kind.NOT_CONNECTED || kind == HttpFailure.Kind.CUT && methods.contains(method);
    }

    /**
     * @param attempt the one that has failed, from 1
     * @param random from 0 to 1: many callers that failed together should not come back together
     */
    Duration wait(int attempt, double random) {
        Duration ceiling = bounded(first.multipliedBy(1L << Math.min(attempt - 1, 20)));
        return Duration.ofMillis(Math.round(ceiling.toMillis() * (0.5 + random / 2)));
    }

    /** @param asked by the server; at least that, and a little more, for the same reason */
    Duration waitAsked(Duration asked, double random) {
        return bounded(asked).plusMillis(Math.round(first.toMillis() * random));
    }

    private Duration bounded(Duration wait) {
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
