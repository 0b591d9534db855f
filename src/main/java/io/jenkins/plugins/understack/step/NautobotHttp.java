package io.jenkins.plugins.understack.step;

import hudson.ProxyConfiguration;
import hudson.util.Secret;
import java.net.http.HttpClient;
import java.time.Duration;
import jenkins.model.Jenkins;

/** One HTTP client for all queries, because each has threads and connections of its own. Thread-safe. */
final class NautobotHttp {
    private static Setup setup;
    private static HttpClient client;

    private NautobotHttp() {}

    /** What a client is made of. The setters of Jenkins' proxy configuration change it in place. */
    private record Setup(ProxyConfiguration proxy, String noProxyHost, String userName, Secret password, Duration timeout) {
        static Setup now(Duration timeout) {
            ProxyConfiguration proxy = Jenkins.get().getProxy();
            return proxy == null
                    ? new Setup(null, null, null, null, timeout)
                    : new Setup(proxy, proxy.getNoProxyHost(), proxy.getUserName(), proxy.getSecretPassword(), timeout);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "connect timeout " + timeout;
        }
    }

    /**
     * The client of the last call, or a new one where Jenkins' proxy configuration or the timeout changed; the old one ends
     * with its last query.
     *
     * @param connectTimeout at least a millisecond
     */
    static synchronized HttpClient client(Duration connectTimeout) {
        Setup now = Setup.now(connectTimeout);
        if (!now.equals(setup)) {
            client = ProxyConfiguration.newHttpClientBuilder()
                    .connectTimeout(connectTimeout)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            setup = now;
        }
        return client;
    }
}
