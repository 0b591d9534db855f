package io.jenkins.plugins.understack.step;

import hudson.ProxyConfiguration;
import io.jenkins.plugins.understack.config.ObmConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.http.HttpCaller;
import io.jenkins.plugins.understack.core.http.HttpRetries;
import io.jenkins.plugins.understack.core.http.Sleeper;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.redfish.RedfishClient;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;

/** HTTP to BMCs, without a proxy: they are in a network of their own. One client for all, as long as the trust is the same. Thread-safe. */
final class BmcHttp {
    private static TlsTrust trust;
    private static HttpCaller caller;
    private static List<Object> proxy;
    private static HttpClient images;

    private BmcHttp() {}

    static synchronized HttpCaller caller() {
        ObmConfig config = UnderstackConfiguration.get().getObm();
        TlsTrust now = config == null ? TlsTrust.DEFAULT : config.trust();
        if (!now.equals(trust)) {
            HttpClient http = HttpCaller.client(HttpClient.newBuilder(), now, RedfishClient.TIMEOUT);
            caller = new HttpCaller(http, HttpRetries.NONE, RedfishClient.MAX_BODY_BYTES, Clock.systemUTC(), Sleeper.REAL);
            trust = now;
        }
        return caller;
    }

    /**
     * For images, which lie where the proxy leads to; follows redirects, as download servers make them. One client for all, as long as
     * Jenkins' proxy configuration is the same, which its setters change in place.
     */
    static synchronized HttpClient images() {
        ProxyConfiguration jenkins = Jenkins.get().getProxy();
        List<Object> now = jenkins == null
                ? List.of()
                : Arrays.asList(jenkins, jenkins.getNoProxyHost(), jenkins.getUserName(), jenkins.getSecretPassword());
        if (!now.equals(proxy)) {
            images = ProxyConfiguration.newHttpClientBuilder()
                    .connectTimeout(RedfishClient.TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
            proxy = now;
        }
        return images;
    }
}
