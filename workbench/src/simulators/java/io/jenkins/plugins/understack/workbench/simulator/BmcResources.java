package io.jenkins.plugins.understack.workbench.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The documents of a {@link BmcSimulator}, by path without a slash at the end. */
final class BmcResources {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String ROOT = "/redfish/v1";

    private final BmcKind kind;
    private final Map<String, ObjectNode> documents = new TreeMap<>();
    private final Set<String> collections = new HashSet<>();

    BmcResources(BmcKind kind) {
        this.kind = kind;
        root();
        system();
        manager();
        BmcChassis.add(kind, this);
        updateService();
    }

    /** Paths whose documents are what lies below them. */
    synchronized void collections(List<String> paths) {
        collections.addAll(paths);
    }

    synchronized boolean isCollection(String path) {
        return collections.contains(path);
    }

    synchronized ObjectNode get(String path) {
        ObjectNode document = documents.get(path);
        return document == null ? null : document.deepCopy();
    }

    synchronized String etag(String path) {
        return "\"" + Integer.toHexString(documents.get(path).hashCode()) + "\"";
    }

    synchronized void put(String path, ObjectNode document) {
        document.put("@odata.id", path + kind.slash);
        documents.put(path, document);
    }

    synchronized void remove(String path) {
        documents.remove(path);
    }

    /** Lays {@code change} over the document; objects are merged. */
    synchronized void merge(String path, JsonNode change) {
        merge(documents.get(path), change);
    }

    private static void merge(ObjectNode into, JsonNode change) {
        change.fields().forEachRemaining(field -> {
            if (field.getValue().isObject() && into.path(field.getKey()).isObject()) {
                merge((ObjectNode) into.get(field.getKey()), field.getValue());
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    /** @param pageSize members in one answer; the rest follow by {@code Members@odata.nextLink} */
    synchronized ObjectNode collection(String path, int skip, int pageSize) {
        List<String> members = documents.keySet().stream()
                .filter(member -> member.startsWith(path + "/") && member.indexOf('/', path.length() + 1) < 0)
                .toList();
        ObjectNode collection = JSON.createObjectNode().put("@odata.id", path + kind.slash);
        collection.put("Members@odata.count", members.size());
        ArrayNode page = collection.putArray("Members");
        members.stream().skip(skip).limit(pageSize).forEach(member -> page.add(link(member)));
        if (skip + pageSize < members.size()) {
            collection.put("Members@odata.nextLink", path + "?$skip=" + (skip + pageSize));
        }
        return collection;
    }

    ObjectNode link(String path) {
        return JSON.createObjectNode().put("@odata.id", path + kind.slash);
    }

    void accounts(List<String> users) {
        for (int i = 0; i < users.size(); i++) {
            ObjectNode account = JSON.createObjectNode().put("Id", Integer.toString(i + 1)).put("UserName", users.get(i));
            put(ROOT + "/AccountService/Accounts/" + (i + 1), account.putNull("Password"));
        }
    }

    private void root() {
        ObjectNode root = JSON.createObjectNode().put("RedfishVersion", "1.17.0").put("Vendor", kind.manufacturer);
        for (String service : List.of("AccountService", "SessionService", "Systems", "Managers", "UpdateService", "TaskService")) {
            root.set(service.equals("TaskService") ? "Tasks" : service, link(ROOT + "/" + service));
        }
        root.putObject("Links").set("Sessions", link(ROOT + "/SessionService/Sessions"));
        root.putObject("Oem").putObject(kind.oem);
        put(ROOT, root);
        put(ROOT + "/AccountService", (ObjectNode) JSON.createObjectNode().set("Accounts", link(ROOT + "/AccountService/Accounts")));
        put(ROOT + "/TaskService", (ObjectNode) JSON.createObjectNode().set("Tasks", link(ROOT + "/TaskService/Tasks")));
    }

    private void system() {
        String path = kind.systemPath();
        ObjectNode system = JSON.createObjectNode()
                .put("Id", kind.system)
                .put("Manufacturer", kind.manufacturer)
                .put("Model", kind == BmcKind.IDRAC ? "PowerEdge R7615" : "ProLiant DL365 Gen11")
                .put("PowerState", "Off");
        ObjectNode boot = system.putObject("Boot")
                .put("BootSourceOverrideEnabled", "Disabled")
                .put("BootSourceOverrideTarget", "None")
                .put("BootSourceOverrideMode", "UEFI");
        boot.putArray("BootSourceOverrideTarget@Redfish.AllowableValues").add("None").add("Pxe").add("UefiHttp").add("Hdd").add("Cd");
        boot.putArray("BootSourceOverrideMode@Redfish.AllowableValues").add("UEFI");
        system.set("Bios", link(path + "/Bios"));
        ObjectNode reset = system.putObject("Actions").putObject("#ComputerSystem.Reset");
        reset.put("target", path + "/Actions/ComputerSystem.Reset" + kind.slash);
        ArrayNode types = reset.putArray("ResetType@Redfish.AllowableValues");
        List.of("On", "ForceOff", "GracefulShutdown", "ForceRestart", "PushPowerButton", "Nmi").forEach(types::add);
        put(path, system);
        ObjectNode bios = JSON.createObjectNode();
        bios.putObject("Attributes")
                .put("HttpDev1EnDis", "Disabled")
                .put("HttpDev1Interface", "NIC.Embedded.1-1-1")
                .put("HttpDev1TlsMode", "OneWay")
                .put("PxeDev1EnDis", "Enabled")
                .put("SecureBoot", "Disabled")
                .put("TimeZone", "CST");
        bios.putObject("@Redfish.Settings").set("SettingsObject", link(path + "/Bios/Settings"));
        put(path + "/Bios", bios);
        ObjectNode pending = JSON.createObjectNode();
        pending.putObject("Attributes");
        put(path + "/Bios/Settings", pending);
    }

    private void manager() {
        ObjectNode manager = JSON.createObjectNode().put("Id", kind.manager).put("FirmwareVersion", "7.10.30.00");
        if (kind == BmcKind.IDRAC) {
            manager.putObject("Links").putObject("Oem").putObject("Dell").set("Jobs", link(kind.managerPath() + "/Oem/Dell/Jobs"));
            ObjectNode attributes = JSON.createObjectNode();
            attributes.putObject("Attributes")
                    .put("SNMP.1.AgentEnable", "Enabled")
                    .put("SNMP.1.SNMPProtocol", "All")
                    .put("SNMP.1.AgentCommunity", "public")
                    .put("SNMP.1.AlertPort", 162)
                    .put("SwitchConnectionView.1.Enable", "Enabled")
                    .put("NTPConfigGroup.1.NTPEnable", "Disabled")
                    .put("Time.1.Timezone", "CST6CDT");
            put(kind.managerPath() + "/Attributes", attributes);
        }
        put(kind.managerPath(), manager);
    }

    private void updateService() {
        ObjectNode service = JSON.createObjectNode().put("ServiceEnabled", true);
        service.set("FirmwareInventory", link(ROOT + "/UpdateService/FirmwareInventory"));
        put(ROOT + "/UpdateService", service);
        inventory("BIOS", "1.6.10");
        inventory("BMC", "7.10.30.00");
    }

    void inventory(String id, String version) {
        put(
                ROOT + "/UpdateService/FirmwareInventory/" + id,
                JSON.createObjectNode().put("Id", id).put("Name", id).put("Version", version).put("Updateable", true));
    }
}
