package io.jenkins.plugins.understack.core.nautobot;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Keeps requests, which carry the token, below {@code /api}, whatever the servers on the way decode. */
final class ApiPath {
    /** Times that a path is decoded; one that is encoded more often is meant to deceive. */
    private static final int MAX_DECODED = 4;

    private ApiPath() {}

    /**
     * @param uri a valid path, with or without a query; the query may hold anything
     * @throws InvalidFieldException where the path, or what it decodes to, may lead elsewhere
     */
    static void check(String uri) {
        String path = uri.split("[?#]", 2)[0];
        for (int i = 0; i <= MAX_DECODED; i++) {
            checkDecoded(uri, path);
            String decoded = decode(path);
            if (decoded.equals(path)) {
                return;
            }
            if (slashes(decoded) != slashes(path)) {
                throw refused(uri, "has an encoded slash in its path");
            }
            path = decoded;
        }
        throw refused(uri, "has a path that is encoded more than " + MAX_DECODED + " times");
    }

    private static void checkDecoded(String uri, String path) {
        for (String segment : path.split("/")) {
            // Some servers cut ";parameters" off a segment before they look at it.
            String name = segment.split(";", 2)[0];
            if (name.equals(".") || name.equals("..")) {
                throw refused(uri, "leaves /api");
            }
        }
        if (path.indexOf('\\') >= 0) {
            throw refused(uri, "has a backslash in its path");
        }
        // U+FFFD stands for bytes that are no UTF-8, which each server reads in its own way.
        if (path.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
            throw refused(uri, "has control characters in its path");
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

    private static InvalidFieldException refused(String uri, String what) {
        return new InvalidFieldException("uri", "\"" + uri + "\" " + what + "; expected a path below /api");
    }
}
