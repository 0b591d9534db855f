package io.jenkins.plugins.understack.core.nautobot;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.http.ApiPath;
import io.jenkins.plugins.understack.core.http.RestArguments;
import java.util.Map;

/**
 * What is asked of Nautobot's REST API; the arguments of the step {@code nautobotQuery}.
 *
 * @param method upper case
 * @param uri path and query below {@code /api}, beginning with a slash, encoded: {@code /dcim/devices/?name=h1}
 * @param body sent as JSON; null for none
 * @param all whether all pages of a list are read
 */
public record NautobotQuery(String method, String uri, JsonNode body, boolean all) {
    /** @throws InvalidFieldException of {@code method}, {@code uri} or {@code all} */
    public NautobotQuery {
        method = RestArguments.method(method, all);
        ApiPath.check("/api", uri, "/dcim/devices/?name=h1");
    }

    /** A GET of one page. */
    static NautobotQuery get(String uri, Map<String, ?> query) {
        return of("GET", uri, query, null, false);
    }

    /**
     * From what a script gives; also GStrings and all.
     *
     * @param query a map, whose values are encoded and where a list repeats its key; or text with one {@code key: value} a line; or
     *     null. Added to what the uri has.
     * @param body maps and lists; or text, which is JSON; or null
     * @throws InvalidFieldException also of {@code query} and {@code body}
     */
    public static NautobotQuery of(String method, String uri, Object query, Object body, boolean all) {
        return new NautobotQuery(method, RestArguments.uri(uri, query), RestArguments.json("body", body), all);
    }
}
