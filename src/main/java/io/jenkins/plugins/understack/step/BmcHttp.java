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

/** HTTP to BMCs, without a proxy: they are in a network of their own. One client for all, as long as the trust is the same. Thread-safe. */
final class BmcHttp {
    private static TlsTrust trust;
    private static HttpCaller caller;

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

    /** For images, which lie where the proxy leads to; follows redirects, as download servers make them. */
    static HttpClient images() {
        return ProxyConfiguration.newHttpClientBuilder()
                .connectTimeout(RedfishClient.TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }
}
