package io.jenkins.plugins.understack.core.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Switches a system on and off (DSP0268, ComputerSystem, action Reset). */
public final class SystemPower {
    private static final Set<String> TO_ON = Set.of("On", "ForceOn");
    private static final Set<String> TO_OFF = Set.of("ForceOff", "GracefulShutdown");

    private SystemPower() {}

    /** Told before something is asked for that would be done twice if it were asked for again, such as a restart. */
    @FunctionalInterface
    public interface Once {
        /** Returns when it is remembered. A {@link NotYetException} afterwards says that it was not done. */
        void remember() throws InterruptedException;
    }

    /** As {@link #reset(RedfishSession, String, Once)}, for who remembers nothing. */
    public static boolean reset(RedfishSession session, String resetType) throws RedfishException, InterruptedException {
        return reset(session, resetType, () -> {});
    }

    /** Restarts (ForceRestart) what is on; what is off reads its settings when it is switched on. Returns whether it did. */
    public static boolean restartIfOn(RedfishSession session, Once once) throws RedfishException, InterruptedException {
        return !session.system().json().path("PowerState").asText().equals("Off") && reset(session, "ForceRestart", once);
    }

    /**
     * @param resetType as the standard names it: On, ForceOff, GracefulShutdown, ForceRestart, GracefulRestart, PowerCycle, Nmi …
     * @param once told where {@code resetType} leads to no state in which there is nothing left to do, as On and ForceOff do
     * @return whether something was done; false where the system is already, or just about to be, in the state that was asked for
     * @throws RedfishException also where this system does not offer it, with what it offers
     */
    public static boolean reset(RedfishSession session, String resetType, Once once) throws RedfishException, InterruptedException {
        Resource system = session.system();
        if (isSo(system, resetType)) {
            return false;
        }
        JsonNode action = system.json().path("Actions").path("#ComputerSystem.Reset");
        if (!action.path("target").isTextual()) {
            throw new RedfishException(session.bmc() + ": " + system.path() + " has no action Reset; this account may not use it");
        }
        check(session, "power", resetType, action.path("ResetType@Redfish.AllowableValues"));
        if (!TO_ON.contains(resetType) && !TO_OFF.contains(resetType)) {
            once.remember();
        }
        try {
            session.post(action.path("target").textValue(), Json.MAPPER.createObjectNode().put("ResetType", resetType));
            return true;
        } catch (NotYetException e) {
            throw e;
        } catch (RedfishException e) {
            // Somebody may have been faster; BMCs have many statuses for that.
            if (e.status() >= 400 && e.status() < 500 && isSo(session.get(system.path()), resetType)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isSo(Resource system, String resetType) {
        String state = system.json().path("PowerState").asText();
        return TO_ON.contains(resetType) && (state.equals("On") || state.equals("PoweringOn"))
                || TO_OFF.contains(resetType) && (state.equals("Off") || state.equals("PoweringOff"));
    }

    /** @param offered missing where the BMC does not tell what it offers */
    static void check(RedfishSession session, String field, String value, JsonNode offered) throws RedfishException {
        List<String> values = new ArrayList<>();
        offered.forEach(one -> values.add(one.asText()));
        if (!values.isEmpty() && !values.contains(value)) {
            throw new RedfishException(
                    session.bmc() + ": " + field + ": \"" + value + "\" is not offered; expected one of " + String.join(", ", values));
        }
    }
}
