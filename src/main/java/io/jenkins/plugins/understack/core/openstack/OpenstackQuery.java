package io.jenkins.plugins.understack.core.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.http.ApiPath;
import io.jenkins.plugins.understack.core.http.RestArguments;

/**
 * What is asked of a service; the arguments of the step {@code openstackQuery}.
 *
 * @param service its type in Keystone's catalogue, such as {@code baremetal}
 * @param method upper case
 * @param uri path and query below the endpoint, beginning with a slash, encoded: {@code /v1/nodes?fields=uuid}
 * @param body sent as JSON; null for none
 * @param microversion of the API, such as {@code 1.92}; null for the oldest that the service has
 * @param all whether all pages of a list are read
 * @param optional whether the answer "not found" (404) is none, instead of an error
 */
public record OpenstackQuery(
        String service, String method, String uri, JsonNode body, String microversion, boolean all, boolean optional) {
    /** @throws InvalidFieldException of {@code service}, {@code method}, {@code uri}, {@code microversion} or {@code all} */
    public OpenstackQuery {
        service = Fields.name("service", service);
        method = RestArguments.method(method, all);
        ApiPath.check("the endpoint", uri, "/v1/nodes");
        microversion = Fields.optional(microversion);
        if (microversion != null && !microversion.matches("\\d{1,3}\\.\\d{1,4}|latest")) {
            throw new InvalidFieldException("microversion", "\"" + microversion + "\" is none; expected one such as 1.92, or latest");
        }
    }

    /**
     * From what a script gives; also GStrings and all.
     *
     * @param query see {@link RestArguments#uri}
     * @param body see {@link RestArguments#json}
     * @throws InvalidFieldException also of {@code query} and {@code body}
     */
    public static OpenstackQuery of(
            String service, String method, String uri, Object query, Object body, String microversion, boolean all, boolean optional) {
        return new OpenstackQuery(
                service, method, RestArguments.uri(uri, query), RestArguments.json("body", body), microversion, all, optional);
    }

    OpenstackQuery at(String otherUri) {
        return new OpenstackQuery(service, method, otherUri, body, microversion, false, false);
    }

    /** Without the body. */
    @Override
    public String toString() {
        return service + " " + method + " " + uri;
    }
}
