package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.http.HttpCaller;
import io.jenkins.plugins.understack.core.http.Sleeper;
import io.jenkins.plugins.understack.core.openstack.Cloud;
import io.jenkins.plugins.understack.core.openstack.Clouds;
import io.jenkins.plugins.understack.core.openstack.OpenstackClient;
import io.jenkins.plugins.understack.core.openstack.OpenstackException;
import io.jenkins.plugins.understack.core.openstack.Tokens;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;

/** The OpenStacks of the file, each with one client for all runs, which wait in their own threads. Thread-safe. */
public final class Openstacks {
    private static final Logger LOGGER = Logger.getLogger(Openstacks.class.getName());

    private final Clouds clouds;
    private final Secrets secrets;
    private final Clock clock;
    private final Sleeper sleeper;
    private final Tokens tokens;
    private final Map<Cloud, OpenstackClient> clients = new ConcurrentHashMap<>();

    public Openstacks(Clouds clouds, Secrets secrets, Clock clock, Sleeper sleeper) {
        this.clouds = clouds;
        this.secrets = secrets;
        this.clock = clock;
        this.sleeper = sleeper;
        this.tokens = new Tokens(clock);
    }

    /** Those of the network. */
    public static Openstacks real(Clouds clouds, Secrets secrets) {
        return new Openstacks(clouds, secrets, Clock.systemUTC(), Sleeper.REAL);
    }

    Clock clock() {
        return clock;
    }

    Sleeper sleeper() {
        return sleeper;
    }

    /** @param name blank for the only one, or the one named {@code default} */
    OpenstackClient client(String name) throws OpenstackException {
        return clients.computeIfAbsent(clouds.pick(name), this::open);
    }

    private OpenstackClient open(Cloud cloud) {
        HttpClient http = HttpCaller.client(HttpClient.newBuilder(), cloud.trust(), cloud.timeout());
        return new OpenstackClient(cloud, secrets, tokens, http, sleeper, LOGGER::info);
    }
}
