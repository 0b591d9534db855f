package io.jenkins.plugins.understack.core.http;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Keeps requests, which carry a token, below the address of an API, whatever the servers on the way decode. */
public final class ApiPath {
    /** Times that a path is decoded; one that is encoded more often is meant to deceive. */
    private static final int MAX_DECODED = 4;

    private ApiPath() {}

    /**
     * @param api that the path is below, for messages: {@code /api}
     * @param uri path and query; the query may hold anything
     * @param example for messages
     * @throws InvalidFieldException of {@code uri} where it is none, or the path, or what it decodes to, may lead elsewhere
     */
    public static void check(String api, String uri, String example) {
        if (uri == null || !uri.startsWith("/") || uri.startsWith("//")) {
            throw new InvalidFieldException("uri", "\"" + uri + "\" is refused; expected a path below " + api
                    + " that begins with one slash, for example " + example);
        }
        try {
            URI.create(uri);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(
                    "uri", "\"" + uri + "\" is no valid path and query; encode blanks and special characters, or give them in query");
        }
        if (uri.indexOf('#') >= 0) {
            throw new InvalidFieldException("uri", "\"" + uri + "\" has a fragment, which no server sees; expected %23 for a #");
        }
        String path = uri.split("\\?", 2)[0];
        for (int i = 0; i <= MAX_DECODED; i++) {
            checkDecoded(api, uri, path);
            String decoded = decode(path);
            if (decoded.equals(path)) {
                return;
            }
            if (slashes(decoded) != slashes(path)) {
                throw refused(api, uri, "has an encoded slash in its path");
            }
            path = decoded;
        }
        throw refused(api, uri, "has a path that is encoded more than " + MAX_DECODED + " times");
    }

    private static void checkDecoded(String api, String uri, String path) {
        for (String segment : path.split("/")) {
            // Some servers cut ";parameters" off a segment before they look at it.
            String name = segment.split(";", 2)[0];
            if (name.equals(".") || name.equals("..")) {
                throw refused(api, uri, "leaves " + api);
            }
        }
        if (path.indexOf('\\') >= 0) {
            throw refused(api, uri, "has a backslash in its path");
        }
        // U+FFFD stands for bytes that are no UTF-8, which each server reads in its own way.
        if (path.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
            throw refused(api, uri, "has control characters in its path");
        }
    }

    private static long slashes(String path) {
        return path.chars().filter(c -> c == '/').count();
    }

    private static String decode(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A % that was itself encoded: nothing is left to decode.
            return path;
        }
    }

    private static InvalidFieldException refused(String api, String uri, String what) {
        return new InvalidFieldException("uri", "\"" + uri + "\" " + what + "; expected a path below " + api);
    }

    /** Scheme, host and port of an absolute address, to compare servers and for messages; a user in it shows, but not who. */
    public static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() != -1 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        String user = uri.getRawUserInfo() == null ? "" : "…@";
        return scheme + "://" + user + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
