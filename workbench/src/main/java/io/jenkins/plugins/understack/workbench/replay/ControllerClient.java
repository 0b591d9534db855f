package io.jenkins.plugins.understack.workbench.replay;

import io.jenkins.plugins.understack.core.http.HttpAnswer;
import io.jenkins.plugins.understack.core.http.HttpCaller;
import io.jenkins.plugins.understack.core.http.HttpFailure;
import io.jenkins.plugins.understack.core.http.HttpRetries;
import io.jenkins.plugins.understack.core.http.Sleeper;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/** Asks a Jenkins with this plugin for its recorded events. Redirects are not followed: they would carry the token elsewhere. */
public final class ControllerClient {
    private static final String PATH = "/manage/understack-events/api/events?since=";
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
        HttpClient client = HttpCaller.client(HttpClient.newBuilder(), TlsTrust.DEFAULT, timeout);
        HttpCaller http = new HttpCaller(client, HttpRetries.NONE, MAX_BODY_BYTES, Clock.systemUTC(), Sleeper.REAL);
        String login = Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + PATH + since))
                .header("Authorization", "Basic " + login)
                .header("Accept", "application/json")
                .build();
        try {
            HttpAnswer answer = http.call(request, timeout);
            check(answer);
            return answer.body();
        } catch (HttpFailure e) {
            String advice = e.kind() == HttpFailure.Kind.TOO_LONG ? "; ask for a shorter time with --since" : "";
            throw new ReplayException(url + ": " + e.getMessage() + advice, e);
        }
    }

    private void check(HttpAnswer answer) throws ReplayException {
        int status = answer.status();
        String type = answer.header("Content-Type").orElse("");
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
                    ? "status " + status + ", a redirect" + target(answer)
                            + ", which is not followed; give the URL that Jenkins has under Manage Jenkins, System"
                    : "status " + status + "; the log of Jenkins has the reason";
        });
    }

    private static String target(HttpAnswer answer) {
        try {
            String location = answer.header("Location").orElse("");
            String host = URI.create(location).getHost();
            return host == null ? "" : " to " + URI.create(location).getScheme() + "://" + host;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
