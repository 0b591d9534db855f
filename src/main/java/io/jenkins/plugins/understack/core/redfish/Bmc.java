package io.jenkins.plugins.understack.core.redfish;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.net.URI;
import java.util.Locale;

/**
 * Where a BMC is. Whether its certificate is believed is up to the {@link io.jenkins.plugins.understack.core.http.HttpCaller}.
 *
 * @param url scheme, host and port only
 */
public record Bmc(URI url) {
    public Bmc {
        if (url.getHost() == null
                || !("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null
                || !url.getRawPath().isEmpty()) {
            throw new InvalidFieldException("bmc", "is no address of a BMC; expected 10.1.2.3 or https://10.1.2.3:8443, without a path");
        }
        url = URI.create(url.toString().toLowerCase(Locale.ROOT));
    }

    /**
     * @param address {@code 10.1.2.3}, {@code [fd00::1]} or a host name, with a port where it is not 443; or a URL
     * @throws InvalidFieldException of {@code bmc}
     */
    public static Bmc at(String address) {
        String text = Fields.required("bmc", address).replaceAll("/+$", "");
        if (!text.contains("://")) {
            text = "https://" + (text.matches("[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*") ? "[" + text + "]" : text);
        }
        try {
            return new Bmc(URI.create(text));
        } catch (IllegalArgumentException e) {
            if (e instanceof InvalidFieldException invalid) {
                throw invalid;
            }
            throw new InvalidFieldException("bmc", "is no address of a BMC; expected 10.1.2.3 or https://10.1.2.3:8443, without a path");
        }
    }

    /** What it is called in messages: host, and port where one is given. */
    public String name() {
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }

    /**
     * The path and query that a link of the BMC leads to.
     *
     * @param link a path, or a URL of this very BMC
     * @throws RedfishException where it leads elsewhere: nobody else is asked, least of all with the session's token
     */
    String path(String link) throws RedfishException {
        URI target = uri(link);
        boolean here = !target.isAbsolute() && target.getRawAuthority() == null
                || url.getScheme().equalsIgnoreCase(target.getScheme()) && url.getRawAuthority().equalsIgnoreCase(target.getRawAuthority());
        if (!here) {
            throw new RedfishException(name() + ": a link leads to another host and is not followed");
        }
        return path(target);
    }

    /** The path of a {@code Location}, or of what a BMC has just made, whose host is not looked at: a BMC does not always know by which name it was asked. */
    String pathOfLocation(String location) throws RedfishException {
        return path(uri(location));
    }

    private URI uri(String link) throws RedfishException {
        try {
            return URI.create(link);
        } catch (IllegalArgumentException e) {
            throw new RedfishException(name() + ": a link is no valid URL");
        }
    }

    private String path(URI target) throws RedfishException {
        String path = target.getRawPath();
        if (path == null || !path.startsWith("/")) {
            throw new RedfishException(name() + ": a link has no path; expected one from the root, /redfish/v1/…");
        }
        return target.getRawQuery() == null ? path : path + "?" + target.getRawQuery();
    }

    @Override
    public String toString() {
        return name();
    }
}
