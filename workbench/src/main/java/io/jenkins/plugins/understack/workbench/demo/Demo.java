package io.jenkins.plugins.understack.workbench.demo;

import io.jenkins.plugins.understack.core.dispatch.DecisionListener;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.cps.PlainValues;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import io.jenkins.plugins.understack.workbench.cps.WorkflowResult;
import io.jenkins.plugins.understack.workbench.inbox.DataFolder;
import io.jenkins.plugins.understack.workbench.print.Console;
import io.jenkins.plugins.understack.workbench.server.RunListener;
import io.jenkins.plugins.understack.workbench.server.WorkbenchServer;
import io.jenkins.plugins.understack.workbench.simulator.EmbeddedBroker;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The main job from end to end on simulators: an ironic notification and a Nautobot webhook that match, and one of each that
 * do not; then all workflows. All on the loopback address; nothing is left behind.
 */
public final class Demo {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String VIRTUAL_HOST = "ironic";
    private static final String NODE = "Dell-G3GSW04";
    private static final String SERVER = "1327198-GP2S.3.understack.iad3";

    private final Console console;
    private final DecisionListener decisionPrinter;
    private final RunListener runPrinter;
    private final String token = UUID.randomUUID().toString();
    private final String webhookSecret = UUID.randomUUID().toString();
    private final List<String> decided = new CopyOnWriteArrayList<>();
    private final List<WorkflowResult> ended = new CopyOnWriteArrayList<>();

    public Demo(Console console, DecisionListener decisionPrinter, RunListener runPrinter) {
        this.console = console;
        this.decisionPrinter = decisionPrinter;
        this.runPrinter = runPrinter;
    }

    /** @return what did not happen as it should, empty when all is well */
    public List<String> play() throws Exception {
        say("Starting an AMQP broker and a Nautobot on this machine, both simulated");
        Path folder = Files.createTempDirectory("understack-demo");
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                DataFolder data = DataFolder.open(folder);
                NautobotSimulator nautobot = NautobotSimulator.start(token)) {
            broker.createVirtualHost(VIRTUAL_HOST);
            nautobot.device(NODE, Map.of("serial", "G3GSW04", "status", Map.of("name", "Active")));
            nautobot.device(SERVER, Map.of("serial", "33GSW04", "status", Map.of("name", "Staged")));
            nautobot.address(SERVER, "iDRAC", "10.46.96.156");
            ConfigurationFile file = configuration(broker, nautobot);
            try (WorkbenchServer server = WorkbenchServer.start(
                    file,
                    WorkflowLibrary.provided(),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    data,
                    (event, decisions) -> {
                        decisionPrinter.decided(event, decisions);
                        decisions.forEach(d -> decided.add(d.sensor() + " " + d.verdict()));
                    },
                    (event, sensor, result) -> {
                        runPrinter.ended(event, sensor, result);
                        console.print("\nresult: " + PlainValues.line(String.valueOf(result.value()), 200));
                        ended.add(result);
                    })) {
                List<String> missing = play(broker, server);
                if (!missing.isEmpty()) {
                    return missing;
                }
            }
            say("The six workflows of the library, with a simulated BMC whose hours pass in a moment");
            return new SixWorkflows(console, file).play(SERVER);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private List<String> play(EmbeddedBroker broker, WorkbenchServer server) throws Exception {
        Expectations up = new Expectations();
        up.add("all sources are up", () -> server.status().stream().allMatch(s -> s.state() == SourceStatus.State.UP));
        List<String> down = up.await(LIMIT);
        if (!down.isEmpty()) {
            return down;
        }
        say("Ironic says that node " + NODE + " is provisioned, and that a port was created");
        Producers.publish(broker, VIRTUAL_HOST, resource("node-provisioned.json"));
        Producers.publish(broker, VIRTUAL_HOST, resource("port-created.json"));
        Expectations messages = new Expectations();
        expectDecision(messages, "node-provisioned", Verdict.MATCH);
        expectDecision(messages, "node-provisioned", Verdict.NO_MATCH);
        expectDevice(messages, NODE);
        List<String> missing = messages.await(LIMIT);
        return missing.isEmpty() ? playWebhooks(server.webhooks().get(0).replaceFirst("^POST ", "")) : missing;
    }

    private List<String> playWebhooks(String url) throws Exception {
        say("Nautobot reports two changed interfaces, and somebody without the secret tries the same");
        Expectations webhooks = new Expectations();
        int genuine = Producers.post(url, resource("bmc-interface-updated.json"), webhookSecret);
        int other = Producers.post(url, resource("data-interface-updated.json"), webhookSecret);
        int forged = Producers.post(url, resource("bmc-interface-updated.json"), "not the secret");
        console.print("· answers: " + genuine + " and " + other + " to Nautobot, " + forged + " to the wrong signature");
        webhooks.add("202 for signed webhooks, got " + genuine + " and " + other, () -> genuine == 202 && other == 202);
        webhooks.add("401 for a wrong signature, got " + forged, () -> forged == 401);
        expectDecision(webhooks, "bmc-interface-updated", Verdict.MATCH);
        expectDecision(webhooks, "bmc-interface-updated", Verdict.NO_MATCH);
        expectDevice(webhooks, SERVER);
        webhooks.add("two workflows, got " + ended.size(), () -> ended.size() == 2 && decided.size() == 4);
        return webhooks.await(LIMIT);
    }

    private void expectDecision(Expectations expectations, String sensor, Verdict verdict) {
        String line = sensor + " " + verdict;
        expectations.add("sensor " + line, () -> decided.contains(line));
    }

    private void expectDevice(Expectations expectations, String name) {
        expectations.add(
                "workflow getDeviceNautobot returns " + name,
                () -> ended.stream()
                        .anyMatch(r -> r.succeeded() && r.value().path("name").asText().equals(name)));
    }

    private ConfigurationFile configuration(EmbeddedBroker broker, NautobotSimulator nautobot) throws Exception {
        Path file = Files.createTempFile("understack-demo", ".yaml");
        try {
            Files.write(file, resource("understack.yaml"));
            return ConfigurationFile.load(
                    file,
                    Map.of(
                            "DEMO_RABBITMQ_URI", "amqp://127.0.0.1:" + broker.port() + "/" + VIRTUAL_HOST,
                            "DEMO_RABBITMQ_USER", broker.username(),
                            "DEMO_RABBITMQ_PASSWORD", broker.password(),
                            "DEMO_NAUTOBOT_URL", nautobot.url(),
                            "DEMO_NAUTOBOT_TOKEN", token,
                            "DEMO_WEBHOOK_SECRET", webhookSecret,
                            "DEMO_BMC_MASTER_KEY", UUID.randomUUID().toString()));
        } finally {
            Files.delete(file);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("demo/" + name + " is missing in this program");
            }
            return in.readAllBytes();
        }
    }

    private void say(String line) {
        console.print("\n" + console.style().heading("▶ " + line));
    }
}
