package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.http.HttpCaller;
import io.jenkins.plugins.understack.core.http.Sleeper;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.NautobotException;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import io.jenkins.plugins.understack.core.nautobot.Nautobots;
import io.jenkins.plugins.understack.core.obm.DeviceDirectory;
import io.jenkins.plugins.understack.core.obm.NautobotDevices;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;

/** The Nautobots of the file, each with one client for all runs. Thread-safe. */
final class NautobotAccess {
    private static final Logger LOGGER = Logger.getLogger(NautobotAccess.class.getName());

    private final Nautobots nautobots;
    private final Secrets secrets;
    private final Map<NautobotSettings, NautobotClient> clients = new ConcurrentHashMap<>();

    NautobotAccess(Nautobots nautobots, Secrets secrets) {
        this.nautobots = nautobots;
        this.secrets = secrets;
    }

    /** @param name blank for the only one, or the one named {@code default} */
    NautobotClient client(String name) throws NautobotException {
        return clients.computeIfAbsent(nautobots.pick(name), this::open);
    }

    /** Devices of the only Nautobot, or of the one named {@code default}; null where none is configured. */
    DeviceDirectory directory() {
        return nautobots.all().isEmpty() ? null : new NautobotDevices(() -> client(null));
    }

    private NautobotClient open(NautobotSettings settings) {
        HttpClient http = HttpCaller.client(HttpClient.newBuilder(), settings.trust(), settings.timeout());
        return new NautobotClient(settings, secrets, http, Sleeper.REAL, LOGGER::info);
    }
}
