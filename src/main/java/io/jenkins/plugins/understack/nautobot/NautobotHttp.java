package io.jenkins.plugins.understack.nautobot;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.http.Sleeper;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.NautobotException;
import io.jenkins.plugins.understack.core.nautobot.NautobotQuery;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import io.jenkins.plugins.understack.credentials.JenkinsSecrets;
import io.jenkins.plugins.understack.http.JenkinsHttp;
import java.util.function.Consumer;

/** Reaches Nautobots. Thread-safe. */
public final class NautobotHttp {
    private NautobotHttp() {}

    /**
     * @param settings from {@code UnderstackConfiguration.get().nautobots().pick(name)}
     * @param run on whose behalf the token is used; null for none
     * @param log told in one line why a request is made again
     */
    public static NautobotClient connect(NautobotSettings settings, Run<?, ?> run, Consumer<String> log) {
        return new NautobotClient(
                settings, new JenkinsSecrets(run), JenkinsHttp.client(settings.trust(), settings.timeout()), Sleeper.REAL, log);
    }

    /** The answer of {@code /api/status/}, which needs a token. At once: somebody waits before a form. */
    public static JsonNode test(NautobotSettings settings) throws NautobotException, InterruptedException {
        NautobotClient client = connect(settings, null, line -> {}).withoutRetries();
        return client.query(new NautobotQuery("GET", "/status/", null, false), null);
    }
}
