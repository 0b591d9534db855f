package io.jenkins.plugins.understack.core.nautobot;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** Looks devices up. What is not there, or not the only one, is an error that says what was asked. Thread-safe. */
public final class Devices {
    /** Interfaces that belong to a BMC; UnderStack names them by the maker. */
    private static final List<String> BMC_INTERFACES = List.of("iDRAC", "iLO");

    private static final int NOT_FOUND = 404;

    private final NautobotClient nautobot;
    private final Duration timeout;

    /** @param timeout of each request; null for that of the configuration */
    public Devices(NautobotClient nautobot, Duration timeout) {
        this.nautobot = nautobot;
        this.timeout = timeout;
    }

    /**
     * The device as Nautobot has it.
     *
     * @throws NautobotException saying "no device" or "ambiguous" where that is the reason
     */
    public JsonNode device(DeviceKey key) throws NautobotException, InterruptedException {
        return device(key, 0);
    }

    /** @param depth 1 to have what the device refers to (role, location, tags) with its name; 0 for ids only */
    public JsonNode device(DeviceKey key, int depth) throws NautobotException, InterruptedException {
        Map<String, Object> query = new LinkedHashMap<>();
        if (depth > 0) {
            query.put("depth", depth);
        }
        if (key.deviceId() != null) {
            try {
                return nautobot.query(NautobotQuery.get("/dcim/devices/" + key.deviceId() + "/", query), timeout);
            } catch (NautobotException e) {
                throw e.status() == NOT_FOUND ? new NautobotException(none(key)) : e;
            }
        }
        Map<String, Object> named = new LinkedHashMap<>(Map.of("name", key.hostname()));
        named.putAll(query);
        List<JsonNode> found = results(NautobotQuery.get("/dcim/devices/", named));
        if (found.isEmpty()) {
            throw new NautobotException(none(key));
        }
        if (found.size() > 1) {
            throw new NautobotException(nautobot.label() + ": ambiguous: " + found.size() + " devices have the " + key + " (ids "
                    + String.join(", ", found.stream().map(device -> device.path("id").asText()).toList()) + "); expected one, or a deviceId");
        }
        return found.get(0);
    }

    private String none(DeviceKey key) {
        return nautobot.label() + ": no device has the " + key + "; looked at " + nautobot.settings().url();
    }

    /**
     * The address of the device's BMC without the prefix length: that of its interface named iDRAC or iLO.
     *
     * @throws NautobotException saying "no BMC address" or "ambiguous" where that is the reason
     */
    public String obmIp(DeviceKey key) throws NautobotException, InterruptedException {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put(key.deviceId() != null ? "device_id" : "device", key.deviceId() != null ? key.deviceId() : key.hostname());
        query.put("interfaces", BMC_INTERFACES);
        TreeSet<String> hosts = new TreeSet<>();
        for (JsonNode address : results(NautobotQuery.get("/ipam/ip-addresses/", query))) {
            if (!address.path("host").asText().isBlank()) {
                hosts.add(address.path("host").asText());
            }
        }
        if (hosts.isEmpty()) {
            throw new NautobotException(nautobot.label() + ": no BMC address for the device with the " + key
                    + "; expected one on an interface named iDRAC or iLO (does the device exist?)");
        }
        if (hosts.size() > 1) {
            throw new NautobotException(nautobot.label() + ": ambiguous: " + hosts.size() + " BMC addresses for the device with the " + key
                    + ": " + hosts + "; expected one on an interface named iDRAC or iLO");
        }
        return hosts.first();
    }

    private List<JsonNode> results(NautobotQuery query) throws NautobotException, InterruptedException {
        JsonNode results = nautobot.query(query, timeout).path("results");
        if (!results.isArray()) {
            throw new NautobotException(nautobot.label() + " GET " + query.uri() + ": the answer is no list; is the url of the Nautobot right?");
        }
        return StreamSupport.stream(results.spliterator(), false).toList();
    }
}
