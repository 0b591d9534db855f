package io.jenkins.plugins.understack.core.openstack;

import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.broker.MapSecrets;
import io.jenkins.plugins.understack.core.http.HttpCaller;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.redfish.TestBmc;
import io.jenkins.plugins.understack.workbench.simulator.IronicSimulator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A simulated Ironic behind its Keystone, a clock that is moved by whoever sleeps, and clients. */
public final class TestCloud implements AutoCloseable {
    public static final String USER = "app-id";
    public static final String SECRET = "s3cret-of-the-application";

    private static final HttpClient HTTP = HttpCaller.client(HttpClient.newBuilder(), TlsTrust.DEFAULT, Cloud.DEFAULT_TIMEOUT);

    public final TestBmc.MovedClock clock = new TestBmc.MovedClock();
    public final IronicSimulator ironic;
    /** What was slept, in order. */
    public final List<Duration> sleeps = new ArrayList<>();

    final List<String> log = new ArrayList<>();
    final Tokens tokens = new Tokens(clock);
    Secrets secrets = new MapSecrets().with("app", USER, SECRET);

    public TestCloud() throws IOException {
        ironic = IronicSimulator.behindKeystone(clock, USER, SECRET);
    }

    Cloud cloud() {
        return with(new Cloud.Login(ironic.authUrl() + "/v3/", "app", null, null, null), Map.of());
    }

    static Cloud with(Cloud.Login login, Map<String, String> endpoints) {
        return new Cloud(null, login, login == null ? null : "here", null, endpoints, Duration.ofSeconds(10), null);
    }

    OpenstackClient client() {
        return client(cloud());
    }

    OpenstackClient client(Cloud cloud) {
        return new OpenstackClient(cloud, secrets, tokens, HTTP, this::sleep, log::add);
    }

    /** Moves the clock on. */
    public void sleep(Duration duration) {
        sleeps.add(duration);
        clock.pass(duration);
    }

    @Override
    public void close() {
        ironic.close();
    }
}
