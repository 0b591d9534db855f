package io.jenkins.plugins.understack.nautobot;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.ProxyConfiguration;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.understack.core.http.HttpCaller;
import io.jenkins.plugins.understack.core.http.Sleeper;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.NautobotException;
import io.jenkins.plugins.understack.core.nautobot.NautobotQuery;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import io.jenkins.plugins.understack.credentials.JenkinsSecrets;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import jenkins.model.Jenkins;

/**
 * Reaches Nautobots as Jenkins reaches others: through its proxy. HTTP clients are shared by all queries, because
 * each has threads and connections of its own. Thread-safe.
 */
public final class NautobotHttp {
    /** More than anybody has Nautobots; what was configured once and is no longer must not stay for ever. */
    private static final int MAX_CLIENTS = 20;

    private static final Map<Target, HttpClient> CLIENTS = new HashMap<>();
    private static Proxy proxy;

    private NautobotHttp() {}

    private record Target(TlsTrust trust, Duration timeout) {}

    /** What a client is made of. The setters of Jenkins' proxy configuration change it in place. */
    private record Proxy(ProxyConfiguration configuration, String noProxyHost, String userName, Secret password) {
        static Proxy now() {
            ProxyConfiguration proxy = Jenkins.get().getProxy();
            return proxy == null
                    ? new Proxy(null, null, null, null)
                    : new Proxy(proxy, proxy.getNoProxyHost(), proxy.getUserName(), proxy.getSecretPassword());
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "proxy of Jenkins";
        }
    }

    /**
     * @param settings from {@code UnderstackConfiguration.get().nautobots().pick(name)}
     * @param run on whose behalf the token is used; null for none
     * @param log told in one line why a request is made again
     */
    public static NautobotClient connect(NautobotSettings settings, Run<?, ?> run, Consumer<String> log) {
        return new NautobotClient(settings, new JenkinsSecrets(run), client(settings), Sleeper.REAL, log);
    }

    /** The answer of {@code /api/status/}, which needs a token. At once: somebody waits before a form. */
    public static JsonNode test(NautobotSettings settings) throws NautobotException, InterruptedException {
        NautobotClient client = connect(settings, null, line -> {}).withoutRetries();
        return client.query(new NautobotQuery("GET", "/status/", null, false), null);
    }

    /** @see #client(TlsTrust, Duration) */
    public static HttpClient client(NautobotSettings settings) {
        return client(settings.trust(), settings.timeout());
    }

    /**
     * The client of an earlier call with the same trust and timeout, or a new one; so after a change of Jenkins' proxy
     * configuration. An old one ends with its last query.
     */
    public static synchronized HttpClient client(TlsTrust trust, Duration timeout) {
        Proxy now = Proxy.now();
        if (!now.equals(proxy) || CLIENTS.size() >= MAX_CLIENTS) {
            CLIENTS.clear();
            proxy = now;
        }
        return CLIENTS.computeIfAbsent(
                new Target(trust, timeout),
                target -> HttpCaller.client(ProxyConfiguration.newHttpClientBuilder(), target.trust, target.timeout));
    }
}
