package io.jenkins.plugins.understack.core.redfish;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A resource as the BMC has given it.
 *
 * @param path that it was asked for
 * @param etag of this version, quotes included, or null (DSP0266, "ETags")
 */
public record Resource(String path, JsonNode json, String etag) {
    /** Where a link leads ({@code {"@odata.id": …}}); null where there is no such link. */
    public String link(String pointer) {
        return json.at(pointer + "/@odata.id").textValue();
    }

    /** Without its content. */
    @Override
    public String toString() {
        return "Resource[" + path + "]";
    }
}
