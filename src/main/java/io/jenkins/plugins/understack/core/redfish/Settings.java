package io.jenkins.plugins.understack.core.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/**
 * Attributes of the BIOS and of a Dell's manager, of which only those are sent that must change. As UnderStack's {@code
 * bios_settings.py} and {@code bmc_settings.py} do it.
 */
public final class Settings {
    /** iDRAC refuses a second set of changes while one waits for the next start; its message id differs by version. */
    private static final String ALREADY_QUEUED = "Pending configuration values";

    /** What became of one attribute. */
    public enum Outcome {
        /** Sent to the BMC. */
        SENT,
        /** It has this value. */
        ALREADY,
        /** It will have this value at the next start. */
        PENDING,
        /** This system has no such attribute. */
        NOT_OFFERED
    }

    /**
     * @param attributes in the order of their names
     * @param queued the BMC had changes waiting already and took no more: run again after the next start of the system
     */
    public record Changes(Map<String, Outcome> attributes, boolean queued) {
        /** Whether something was sent and taken. */
        public boolean isChanged() {
            return !queued && attributes.containsValue(Outcome.SENT);
        }

        /** Whether something that is wanted waits for the next start, be it from now or from before. */
        public boolean isWaiting() {
            return isChanged() || attributes.containsValue(Outcome.PENDING);
        }
    }

    private Settings() {}

    /**
     * Settings of the BIOS, which become active at the next start of the system (DSP0266, "Settings resource"; DSP0268, Bios).
     *
     * @param wanted attribute → value: texts, numbers and booleans
     */
    public static Changes bios(RedfishSession session, Map<String, ?> wanted) throws RedfishException, InterruptedException {
        Resource bios = session.follow(session.system(), "/Bios");
        String link = bios.link("/@Redfish.Settings/SettingsObject");
        Resource pending = session.get(link == null ? bios.path().replaceAll("/+$", "") + "/Settings" : link);
        JsonNode active = bios.json().path("Attributes");
        JsonNode waiting = pending.json().path("Attributes");
        Map<String, Outcome> outcomes = new TreeMap<>();
        wanted.forEach((key, value) -> outcomes.put(key, outcome(text(value), active.path(key), waiting.path(key))));
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putObject("@Redfish.SettingsApplyTime").put("ApplyTime", "OnReset");
        return send(session, pending, body, wanted, outcomes);
    }

    /**
     * Settings of a Dell's manager, which become active at once.
     *
     * @param wanted attribute → value, as in {@link #bios}
     */
    public static Changes manager(RedfishSession session, Map<String, ?> wanted) throws RedfishException, InterruptedException {
        Resource attributes = attributes(session);
        JsonNode active = attributes.json().path("Attributes");
        Map<String, Outcome> outcomes = new TreeMap<>();
        wanted.forEach((key, value) -> outcomes.put(key, outcome(text(value), active.path(key), Json.MAPPER.missingNode())));
        return send(session, attributes, Json.MAPPER.createObjectNode(), wanted, outcomes);
    }

    /** Below the manager, where iDRACs had them first; else where newer ones link them. */
    private static Resource attributes(RedfishSession session) throws RedfishException, InterruptedException {
        Resource manager = session.manager();
        try {
            return session.get(manager.path().replaceAll("/+$", "") + "/Attributes");
        } catch (RedfishException e) {
            String link = manager.link("/Links/Oem/Dell/DellAttributes/0");
            if (e.status() != 404 || link == null) {
                throw e;
            }
            return session.get(link);
        }
    }

    private static Outcome outcome(String wanted, JsonNode active, JsonNode pending) {
        if (active.isMissingNode()) {
            return Outcome.NOT_OFFERED;
        }
        if (!pending.isMissingNode()) {
            if (!Json.text(pending).equals(wanted)) {
                return Outcome.SENT;
            }
            return Json.text(active).equals(wanted) ? Outcome.ALREADY : Outcome.PENDING;
        }
        return Json.text(active).equals(wanted) ? Outcome.ALREADY : Outcome.SENT;
    }

    private static Changes send(
            RedfishSession session, Resource target, ObjectNode body, Map<String, ?> wanted, Map<String, Outcome> outcomes)
            throws RedfishException, InterruptedException {
        if (!outcomes.containsValue(Outcome.SENT)) {
            return new Changes(outcomes, false);
        }
        ObjectNode attributes = body.putObject("Attributes");
        for (Entry<String, Outcome> outcome : outcomes.entrySet()) {
            if (outcome.getValue() == Outcome.SENT) {
                attributes.set(outcome.getKey(), Json.fromPlain(outcome.getKey(), wanted.get(outcome.getKey())));
            }
        }
        try {
            session.patch(target, body);
            return new Changes(outcomes, false);
        } catch (RedfishException e) {
            if (e.status() >= 400 && e.getMessage().contains(ALREADY_QUEUED)) {
                return new Changes(outcomes, true);
            }
            throw e;
        }
    }

    private static String text(Object value) {
        return Json.text(Json.fromPlain("attributes", value));
    }
}
