package io.jenkins.plugins.understack.core.source.webhook;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.source.EventIdentity;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One end point of a {@link WebhookEventSource}.
 *
 * @param path below the source, without slash at either end, for example {@code nautobot}
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param authentication how a caller proves itself; has no default, so that an open end point is somebody's decision
 * @param maxPayloadSize bytes; a longer body is refused before it is read
 */
public record WebhookEvent(
        String name,
        String path,
        String method,
        WebhookAuthentication authentication,
        EventIdentity identity,
        long maxPayloadSize,
        Map<String, String> metadata) {

    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    public WebhookEvent {
        name = Fields.name("name", name);
        path = Fields.required("path", path).replaceAll("^/+|/+$", "");
        if (!PATH.matcher(path).matches()) {
            throw new InvalidFieldException(
                    "path", "\"" + path + "\" is no path; expected parts of letters, digits, '.', '_', '~' or '-', joined by /");
        }
        method = Fields.required("method", method).toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw new InvalidFieldException(
                    "method", "\"" + method + "\" is not supported; expected GET, POST, PUT, PATCH or DELETE");
        }
        if (authentication == null) {
            throw new InvalidFieldException("authentication", "is missing; expected hmac, bearer or none");
        }
        if (method.equals("GET") && authentication instanceof HmacAuthentication) {
            throw new InvalidFieldException(
                    "method", "is GET beside hmac, which signs the body that GET has not; expected another method, or bearer");
        }
        identity = identity == null ? EventIdentity.BY_PROTOCOL : identity;
        Fields.atLeast("maxPayloadSize", 1, maxPayloadSize);
        metadata = Fields.ordered(metadata);
    }
}
