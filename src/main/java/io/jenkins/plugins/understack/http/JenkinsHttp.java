package io.jenkins.plugins.understack.http;

import hudson.ProxyConfiguration;
import hudson.util.Secret;
import io.jenkins.plugins.understack.core.http.HttpCaller;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import jenkins.model.Jenkins;

/**
 * HTTP clients that reach others as Jenkins does: through its proxy. They are shared by all that asks Nautobot or OpenStack, because
 * each has threads and connections of its own. Thread-safe.
 */
public final class JenkinsHttp {
    /** More than anybody has services; what was configured once and is no longer must not stay for ever. */
    private static final int MAX_CLIENTS = 20;

    private static final Map<Target, HttpClient> CLIENTS = new HashMap<>();
    private static Proxy proxy;

    private JenkinsHttp() {}

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
