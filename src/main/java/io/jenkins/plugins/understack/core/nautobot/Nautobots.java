package io.jenkins.plugins.understack.core.nautobot;

import io.jenkins.plugins.understack.core.Fields;
import java.util.List;

/** The Nautobots of a configuration, which differ by name. */
public record Nautobots(List<NautobotSettings> all) {
    public static final Nautobots NONE = new Nautobots(List.of());

    public Nautobots {
        all = List.copyOf(all);
        Fields.unique("nautobots", all, NautobotSettings::name);
    }

    /**
     * @param name null or blank for the only one, or among several for the one named {@code default}
     * @throws NautobotException where there is none of that name, or it cannot be chosen without one
     */
    public NautobotSettings pick(String name) throws NautobotException {
        if (all.isEmpty()) {
            throw new NautobotException("no Nautobot is configured; expected unclassified.understack.nautobot"
                    + " in Configuration as Code (in Jenkins also Manage Jenkins, System, UnderStack)");
        }
        String wanted = Fields.optional(name);
        if (wanted == null && all.size() == 1) {
            return all.get(0);
        }
        String chosen = wanted == null ? NautobotSettings.DEFAULT_NAME : wanted;
        List<String> names = all.stream().map(NautobotSettings::name).toList();
        return all.stream()
                .filter(settings -> settings.name().equals(chosen))
                .findFirst()
                .orElseThrow(() -> new NautobotException(wanted == null
                        ? "nautobot: is not given and no Nautobot is named \"default\"; expected one of " + names
                        : "nautobot: \"" + wanted + "\" is not configured; expected one of " + names));
    }
}
