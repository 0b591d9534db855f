package io.jenkins.plugins.understack.workbench.replay;

import io.jenkins.plugins.understack.core.BoundedBody;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a Jenkins with this plugin for its recorded events. Redirects are not followed: they would carry the token elsewhere. */
public final class ControllerClient {
    private static final String PATH = "/manage/understack-events/api/events?since=";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** A controller keeps 32 MB of text; as JSON within JSON it grows. */
    private static final int MAX_BODY_BYTES = 128 * 1024 * 1024;

    private final URI url;
    private final String user;
    private final String token;
    private final Duration timeout;

    /**
     * @param url of Jenkins, without a slash at its end
     * @param token an API token of that user
     * @param timeout for the whole answer
     */
    public ControllerClient(URI url, String user, String token, Duration timeout) {
        this.url = url;
        this.user = user;
        this.token = token;
        this.timeout = timeout;
    }

    /** The answer to {@code api/events} as JSON, for {@link Recording#read}. */
    public byte[] events(Duration since) throws ReplayException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        String login = Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + PATH + since))
                .timeout(timeout)
                .header("Authorization", "Basic " + login)
                .header("Accept", "application/json")
                .build();
        BoundedBody body = new BoundedBody(MAX_BODY_BYTES);
        // The timeout of a request ends with the headers of its answer; this one covers the body too.
        CompletableFuture<HttpResponse<Void>> exchange =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArrayConsumer(body));
        try {
            check(exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
            return body.bytes();
        } catch (TimeoutException e) {
            throw late(e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    private void check(HttpResponse<Void> response) throws ReplayException {
        int status = response.statusCode();
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (status == 200 && type.startsWith("application/json")) {
            return;
        }
        throw new ReplayException(url + ": " + switch (status) {
            case 200 -> "the answer is no JSON; is this the URL of Jenkins itself?";
            case 401 -> "user \"" + user + "\" and the token are refused; check JENKINS_USER_ID and JENKINS_API_TOKEN"
                    + " (an API token of this user, made on this Jenkins)";
            case 403 -> "user \"" + user + "\" lacks the permission Overall/Administer, which event data need";
            case 404 -> "there are no recorded events (status 404); is this the URL of Jenkins,"
                    + " and has it this plugin in a version that records events?";
            default -> status / 100 == 3
                    ? "status " + status + ", a redirect" + target(response)
                            + ", which is not followed; give the URL that Jenkins has under Manage Jenkins, System"
                    : "status " + status + "; the log of Jenkins has the reason";
        });
    }

    private static String target(HttpResponse<Void> response) {
        try {
            String location = response.headers().firstValue("Location").orElse("");
            String host = URI.create(location).getHost();
            return host == null ? "" : " to " + URI.create(location).getScheme() + "://" + host;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private ReplayException failure(Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return late(cause);
        }
        if (cause instanceof BoundedBody.TooLongException) {
            return new ReplayException(url + ": " + cause.getMessage() + "; ask for a shorter time with --since", cause);
        }
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new ReplayException(url + ": cannot be reached (" + reason + ")", cause);
    }

    private ReplayException late(Throwable cause) {
        return new ReplayException(url + ": no complete answer within " + timeout.toSeconds() + " s", cause);
    }
}
