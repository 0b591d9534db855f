package io.jenkins.plugins.understack.workbench.cps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.TestClock;
import io.jenkins.plugins.understack.core.obm.DeviceMatch;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmRules;
import io.jenkins.plugins.understack.core.openstack.Cloud;
import io.jenkins.plugins.understack.core.openstack.Clouds;
import io.jenkins.plugins.understack.workbench.simulator.IronicSimulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The workflows of the library against a simulated Ironic whose time the test moves. */
abstract class IronicBed {
    static final String PASSWORD = "standard-Passw0rd";

    final TestClock clock = new TestClock();
    /** What was asked of the BMC, with the writes to Ironic so far. */
    final List<String> bmc = new ArrayList<>();

    List<Map<String, Object>> disks = List.of(disk("Disk.0", 480), disk("Disk.1", 480));
    IronicSimulator ironic;

    @BeforeEach
    void start() throws Exception {
        ironic = IronicSimulator.alone(clock);
    }

    @AfterEach
    void stop() {
        ironic.close();
    }

    /** The provision targets that were asked for. */
    List<String> targets() {
        return ironic.writes().stream()
                .filter(write -> write.contains("/states/provision"))
                .map(write -> write.replaceAll(".*\"target\":\"(\\w+)\".*", "$1"))
                .toList();
    }

    static Map<String, Object> disk(String id, long gigabytes) {
        return Map.of("id", id, "controller", "RAID.Integrated.1-1", "capacityBytes", gigabytes * 1_000_000_000);
    }

    WorkflowResult run(String workflow, Map<String, String> inputs) {
        Map<String, Object> server = new LinkedHashMap<>(Map.of("manufacturer", "Dell", "serial", "33GSW04", "disks", disks));
        return run(workflow, inputs, List.of(
                onBmc("obmSyncCreds", Map.of("worked", "standard")),
                onBmc("obmInventory", server),
                onBmc("obmBmcSettings", Map.of(), "bmcHostname", "settings"),
                onBmc("obmBiosSettings", Map.of(), "settings")));
    }

    WorkflowResult run(String workflow, Map<String, String> inputs, List<Step> ofTheBmc) {
        ObmRules rules = new ObmRules(List.of(new ObmRules.Rule(DeviceMatch.ALL, device -> Optional.of(new ObmCredential("root", PASSWORD)))));
        Cloud cloud = new Cloud(null, null, null, null, Map.of("baremetal", ironic.url()), null, null);
        Openstacks openstacks = new Openstacks(new Clouds(List.of(cloud)), null, clock, clock::pass);
        List<Step> steps = new ArrayList<>(ofTheBmc);
        steps.addAll(List.of(
                new EchoStep(),
                new ErrorStep(),
                new GetObmCredsStep(rules, null),
                new OpenstackQueryStep(openstacks),
                new IronicProvisionStep(openstacks)));
        return new WorkflowRun(WorkflowLibrary.provided(), new Steps(steps), clock, workflow + "-1", null).execute(workflow, inputs);
    }

    /** A step whose own tests are elsewhere. */
    private Step onBmc(String name, Object result, String... more) {
        return new Step() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<String> arguments() {
                List<String> arguments = new ArrayList<>(List.of("device", "credentials"));
                arguments.addAll(Arrays.asList(more));
                return arguments;
            }

            @Override
            public Object run(StepArguments given, WorkflowRun run) {
                assertThat(given.text("device", null)).isEqualTo("10.46.96.156");
                assertThat(run.credential(name, given.text("credentials", null)).password()).isEqualTo(PASSWORD);
                StringBuilder call = new StringBuilder("after " + ironic.writes().size() + ": " + name);
                new TreeMap<>(given.named()).forEach((key, value) -> call.append(List.of(more).contains(key) ? " " + key + "=" + value : ""));
                bmc.add(call.toString());
                return result;
            }
        };
    }
}
