package io.jenkins.plugins.understack.core.redfish;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import java.util.regex.Pattern;

/** The host name of a BMC itself, not of its server (DSP0268, EthernetInterface, HostName: without a domain). */
public final class BmcHostName {
    /** RFC 1123, section 2.1. */
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private BmcHostName() {}

    /** @throws InvalidFieldException naming {@code field} for what no BMC takes; null is empty */
    public static String check(String field, String name) {
        String text = Fields.required(field, name);
        if (!LABEL.matcher(text).matches()) {
            throw new InvalidFieldException(
                    field,
                    "\"" + text + "\" is no host name; expected 1 to 63 letters, digits and '-', not first or last, without a domain");
        }
        return text;
    }

    /** @return whether it was changed; false where it is so already */
    public static boolean set(RedfishSession session, String name) throws RedfishException, InterruptedException {
        Resource network = session.managerInterface();
        if (name.equals(network.json().path("HostName").textValue())) {
            return false;
        }
        session.patch(network, Json.MAPPER.createObjectNode().put("HostName", name));
        return true;
    }
}
