package io.jenkins.plugins.understack.core.obm;

import io.jenkins.plugins.understack.core.redfish.Bmc;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * By what the log-ins to a BMC are counted, however it is written or named: its IP address, in one spelling, with the port where
 * that is not the usual one of its scheme (behind one address several BMCs may be forwarded). Thread-safe.
 */
final class BmcKeys {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Resolver resolver;

    /** Where names lead to. */
    @FunctionalInterface
    interface Resolver {
        /** May wait for a name server. Of several addresses the one that connections are made to. */
        InetAddress resolve(String host) throws UnknownHostException;
    }

    BmcKeys(Resolver resolver) {
        this.resolver = resolver;
    }

    /** May wait for a name server. What has no address there is known by its name: it cannot be logged in to either. */
    String of(Bmc bmc) {
        String host = bmc.url().getHost().replaceAll("\\.+$", "");
        try {
            host = resolver.resolve(host).getHostAddress();
        } catch (UnknownHostException e) {
            // The name itself.
        }
        int port = bmc.url().getPort();
        boolean usual = port < 0 || port == ("http".equals(bmc.url().getScheme()) ? HTTP : HTTPS);
        return usual ? host : host + ":" + port;
    }
}
