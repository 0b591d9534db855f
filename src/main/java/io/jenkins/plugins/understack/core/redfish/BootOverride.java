package io.jenkins.plugins.understack.core.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;

/** What a system boots from the next time, and only then (DSP0268, ComputerSystem, Boot). */
public final class BootOverride {
    private BootOverride() {}

    /**
     * @param target as the standard names it: Pxe, UefiHttp, Hdd, Cd, BiosSetup …
     * @param mode UEFI or Legacy; null leaves it as it is
     * @return whether something was changed; false where it is already so
     * @throws RedfishException also where this system does not offer the target or mode, with what it offers
     */
    public static boolean once(RedfishSession session, String target, String mode) throws RedfishException, InterruptedException {
        Resource system = session.system();
        JsonNode boot = system.json().path("Boot");
        ObjectNode wanted = Json.MAPPER.createObjectNode()
                .put("BootSourceOverrideEnabled", "Once")
                .put("BootSourceOverrideTarget", target);
        SystemPower.check(session, "target", target, boot.path("BootSourceOverrideTarget@Redfish.AllowableValues"));
        if (mode != null) {
            SystemPower.check(session, "mode", mode, boot.path("BootSourceOverrideMode@Redfish.AllowableValues"));
            wanted.put("BootSourceOverrideMode", mode);
        }
        boolean already = true;
        for (String key : (Iterable<String>) wanted::fieldNames) {
            already &= wanted.path(key).equals(boot.path(key));
        }
        if (!already) {
            session.patch(system, Json.MAPPER.createObjectNode().set("Boot", wanted));
        }
        return !already;
    }
}
