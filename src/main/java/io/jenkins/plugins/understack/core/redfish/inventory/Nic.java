package io.jenkins.plugins.understack.core.redfish.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import io.jenkins.plugins.understack.core.redfish.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network interface of the server. What the BMC does not tell is null.
 *
 * @param name its id, as BIOS settings name it: {@code NIC.Integrated.1-1}
 * @param mac in upper case with colons
 * @param linkStatus DSP0268, EthernetInterface: LinkUp, NoLink, LinkDown
 */
public record Nic(String name, String description, String mac, String linkStatus) {
    private static final Pattern PARTITION = Pattern.compile("(.+)-\\d+");

    private static Nic of(JsonNode json) {
        return new Nic(
                Told.text(json, "Id"), Told.text(json, "Description", "Name"), Told.mac(json), Told.text(json, "LinkStatus"));
    }

    /** All but partitions: iDRACs list {@code NIC.Integrated.1-1-1} besides {@code NIC.Integrated.1-1}, or only one of them. */
    static List<Nic> all(RedfishSession session, Resource system) throws RedfishException, InterruptedException {
        String collection = system.link("/EthernetInterfaces");
        List<String> links = collection == null ? List.of() : session.members(collection);
        Set<String> paths = new HashSet<>();
        links.forEach(link -> paths.add(bare(link)));
        List<Nic> nics = new ArrayList<>();
        for (String link : links) {
            Matcher partition = PARTITION.matcher(bare(link));
            if (!partition.matches() || !paths.contains(partition.group(1))) {
                nics.add(of(session.get(link).json()));
            }
        }
        return nics;
    }

    private static String bare(String link) {
        return link.replaceAll("/+$", "");
    }
}
