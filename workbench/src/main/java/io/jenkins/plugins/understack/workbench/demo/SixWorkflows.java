package io.jenkins.plugins.understack.workbench.demo;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.redfish.Bmc;
import io.jenkins.plugins.understack.core.workflow.TreePrinter;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.cps.Bmcs;
import io.jenkins.plugins.understack.workbench.cps.RunId;
import io.jenkins.plugins.understack.workbench.cps.Steps;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import io.jenkins.plugins.understack.workbench.cps.WorkflowResult;
import io.jenkins.plugins.understack.workbench.cps.WorkflowRun;
import io.jenkins.plugins.understack.workbench.print.Console;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import io.jenkins.plugins.understack.workbench.simulator.BmcSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All workflows of the library, one after the other, for one server: Nautobot knows it, and its BMC still has its factory password. */
final class SixWorkflows {
    private static final byte[] IMAGE = "not really a BIOS".getBytes(StandardCharsets.UTF_8);
    private static final Duration UPDATE = Duration.ofMinutes(25);

    private final Console console;
    private final ConfigurationFile file;

    SixWorkflows(Console console, ConfigurationFile file) {
        this.console = console;
        this.file = file;
    }

    /** @return what did not happen as it should, empty when all is well */
    List<String> play(String hostname) throws Exception {
        SimulatedTime time = new SimulatedTime();
        HttpServer images = images();
        try (BmcSimulator bmc = BmcSimulator.start(BmcKind.IDRAC, time)) {
            time.rules(bmc);
            bmc.change(bmc.system(), Json.OWN.createObjectNode().put("PowerState", "On"));
            bmc.installs("BIOS", "2.0.0", UPDATE);
            bmc.restartsDuringUpdates(Duration.ofMinutes(3), Duration.ofMinutes(1));
            Steps steps = Steps.of(
                    file.configuration(), file.secrets(), file.obm(), new Bmcs(address -> Bmc.at(bmc.url()), file.bmcTrust(), time, time));
            String url = "http://127.0.0.1:" + images.getAddress().getPort() + "/bios.exe";
            List<String> unmet = new ArrayList<>();
            for (Map.Entry<String, Map<String, String>> workflow : inputs(hostname, url).entrySet()) {
                WorkflowResult result = new WorkflowRun(
                                WorkflowLibrary.provided(), steps, Clock.systemUTC(), RunId.of(workflow.getKey()), null)
                        .execute(workflow.getKey(), workflow.getValue());
                console.print("\n" + new TreePrinter(console.style(), ZoneId.systemDefault()).print(result.root(), result.inputs(), null));
                if (!result.succeeded()) {
                    unmet.add("workflow " + workflow.getKey() + " succeeds: " + result.root().message());
                }
            }
            if (bmc.accepts("root", "calvin") || bmc.openSessions() > 0 || bmc.lockOuts() > 0) {
                unmet.add("the BMC has the standard password, no session is open, and it was never locked");
            }
            return unmet;
        } finally {
            images.stop(0);
        }
    }

    private static Map<String, Map<String, String>> inputs(String hostname, String image) throws NoSuchAlgorithmException {
        String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(IMAGE));
        Map<String, Map<String, String>> inputs = new LinkedHashMap<>();
        inputs.put("nautobotApi", Map.of("uri", "/dcim/devices/?name=" + hostname));
        inputs.put("getDeviceNautobot", Map.of("hostname", hostname));
        inputs.put("getObmIp", Map.of("hostname", hostname));
        inputs.put("getObmCreds", Map.of("hostname", hostname));
        inputs.put("obmSyncCreds", Map.of("hostname", hostname, "network-boot", "NIC.Slot.1-1"));
        inputs.put("obmFirmwareUpdate", Map.of("hostname", hostname, "firmware-url", image, "sha256", sha256));
        return inputs;
    }

    private static HttpServer images() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/bios.exe", exchange -> {
            exchange.sendResponseHeaders(200, IMAGE.length);
            exchange.getResponseBody().write(IMAGE);
            exchange.close();
        });
        server.start();
        return server;
    }
}
