package io.jenkins.plugins.understack.core.http;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.net.URI;

/** The address of an API, which paths are put behind. */
public final class BaseUrl {
    private BaseUrl() {}

    /**
     * @param example for messages
     * @return without slashes at its end
     * @throws InvalidFieldException of {@code field}; the message does not repeat what was found, in case it holds a password
     */
    public static String check(String field, String value, String example) {
        String url = Fields.required(field, value).replaceAll("/+$", "");
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(field, "is no URL; expected " + example);
        }
        if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
            throw new InvalidFieldException(field, "is no URL with http or https and a host; expected " + example);
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new InvalidFieldException(field, "has a user, query or fragment; expected " + example);
        }
        return url;
    }
}
