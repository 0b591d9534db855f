package io.jenkins.plugins.understack.workbench.server;

import io.jenkins.plugins.understack.core.dispatch.StartOutcome;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import io.jenkins.plugins.understack.workbench.inbox.DataFolder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** The workbench with one webhook that always matches; starts are settled without anything being run. Argument: data folder. */
public final class WebhookTarget {
    public static final String URL = "url: ";
    private static final String CONFIGURATION =
            """
            unclassified:
              understack:
                eventSources:
                  - webhook:
                      name: hooks
                      events: [{name: hook, path: hook, authentication: none}]
                sensors:
                  - name: hook
                    source: hooks
                    event: hook
                    filters: [{path: 'body.oslo\\.version', value: "2.0"}]
                    job: get-device-nautobot
                    parameters: [{name: message, path: 'body.oslo\\.message'}]
            """;

    private WebhookTarget() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path config = Files.writeString(folder.resolve("understack.yaml"), CONFIGURATION);
        WorkbenchServer server = WorkbenchServer.start(
                ConfigurationFile.load(config, Map.of()),
                WorkflowLibrary.provided(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                DataFolder.open(folder.resolve("data")),
                (event, decisions) -> {},
                (event, sensor, result) -> {},
                new Seams(
                        UnaryOperator.identity(),
                        builds -> (event, start) -> new StartOutcome.Started("run", false),
                        UnaryOperator.identity()));
        System.out.println(URL + server.webhooks().get(0).replaceFirst("^POST ", ""));
        new CountDownLatch(1).await();
    }
}
