package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The steps that workflows may call, by name. Immutable. */
public final class Steps {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, Step> byName = new TreeMap<>();

    public Steps(List<Step> steps) {
        steps.forEach(step -> byName.put(step.name(), step));
    }

    /** All that the workbench has. */
    public static Steps of(Configuration configuration, Secrets secrets) {
        NautobotClient nautobot = null;
        if (configuration.nautobot() != null) {
            HttpClient http = HttpClient.newBuilder()
                    .connectTimeout(CONNECT_TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            nautobot = new NautobotClient(configuration.nautobot(), secrets, http);
        }
        return new Steps(List.of(new EchoStep(), new ErrorStep(), new EventDataStep(), new NautobotQueryStep(nautobot)));
    }

    Step find(String name) {
        return byName.get(name);
    }

    Set<String> names() {
        return byName.keySet();
    }
}
