package io.jenkins.plugins.understack.workbench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.workbench.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of docs/explain.md. */
class ExplainCommandTest {
    private static final String CONFIGURATION =
            """
            unclassified:
              understack:
                eventSources:
                  - amqp:
                      name: ironic
                      uri: amqp://broker/ironic
                      events:
                        - name: nodes
                          exchange: ironic
                          routingKeys: [info]
                          bodyFormat: oslo
                  - webhook:
                      name: nautobot
                      events:
                        - name: interfaces
                          path: interfaces
                          authentication: none
                sensors:
                  - name: provisioned
                    source: ironic
                    event: nodes
                    filters:
                      - path: body.event_type
                        value: baremetal.node.provision_set.end
                    job: get-device-nautobot
                    parameters:
                      - name: hostname
                        path: body.payload.name
                      - name: kind
                        value: node
                  - name: interfaces
                    source: nautobot
                    event: interfaces
                    transform: .body
                    filters:
                      - path: name
                        comparator: matches
                        value: [iDRAC, iLO]
                    job: get-device-nautobot
            """;

    @TempDir
    Path folder;

    private String config;

    @BeforeEach
    void writeConfiguration() throws Exception {
        config = Files.writeString(folder.resolve("understack.yaml"), CONFIGURATION).toString();
    }

    @Test
    void aMatch() throws Exception {
        assertThat(json(explain("ironic", "nodes", notification("baremetal.node.provision_set.end", "{\"name\": \"h1\"}"), "--json")))
                .isEqualTo(Json.parse(
                        """
                        [{
                          "sensor": "provisioned",
                          "verdict": "match",
                          "reasons": [
                            {"part": "filters[0]", "outcome": "pass", "detail": "body.event_type is \\"baremetal.node.provision_set.end\\"; expected \\"baremetal.node.provision_set.end\\""},
                            {"part": "parameters[hostname]", "outcome": "pass", "detail": "body.payload.name is there"},
                            {"part": "parameters[kind]", "outcome": "pass", "detail": "constant"}
                          ],
                          "start": {"job": "get-device-nautobot", "parameters": {"hostname": "h1", "kind": "node"}}
                        }]
                        """));
    }

    @Test
    void noMatch() throws Exception {
        assertThat(json(explain("ironic", "nodes", notification("baremetal.port.create.end", "{}"), "--json")))
                .isEqualTo(Json.parse(
                        """
                        [{
                          "sensor": "provisioned",
                          "verdict": "no-match",
                          "reasons": [
                            {"part": "filters[0]", "outcome": "reject", "detail": "body.event_type is \\"baremetal.port.create.end\\"; expected \\"baremetal.node.provision_set.end\\""}
                          ]
                        }]
                        """));
    }

    @Test
    void anError() throws Exception {
        assertThat(json(explain("nautobot", "interfaces", "[1]", "--json")))
                .isEqualTo(Json.parse(
                        """
                        [{
                          "sensor": "interfaces",
                          "verdict": "error",
                          "reasons": [
                            {"part": "transform", "outcome": "error", "detail": "put out \\"array\\"; expected an object"}
                          ]
                        }]
                        """));
    }

    @Test
    void completeEventDataAreTakenAsTheyAre() throws Exception {
        CommandLineRun run = explain("nautobot", "interfaces", "{\"header\": {}, \"body\": {\"name\": \"iLO\"}}", "--data", "--json");
        assertThat(json(run).at("/0/verdict").asText()).isEqualTo("match");
    }

    @Test
    void peopleGetText() throws Exception {
        CommandLineRun run = explain("nautobot", "interfaces", "{\"name\": \"eth0\"}");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().replaceFirst("id \\S+", "id I"))
                .isEqualTo(
                        """
                        ● event webhook from nautobot/interfaces  id I
                          ○ interfaces: no-match
                              pass   transform: put out an object
                              reject filters[0]: name is "eth0"; expected all of it to match "iDRAC" or "iLO"
                        """);
    }

    @Test
    void aBodyThatIsNoEventFails() throws Exception {
        CommandLineRun run = explain("ironic", "nodes", "{\"oslomessage\": \"{}\"}", "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("understack: " + folder.resolve("event.json") + ": body has no \"oslo.message\" but \"oslomessage\"; expected"
                        + " the oslo.messaging envelope, or set the body format to json if the publisher sends none\n");
    }

    @Test
    void whatIsNotConfiguredIsWrongUsage() throws Exception {
        CommandLineRun source = explain("nova", "nodes", "{}");
        assertThat(source.exitCode()).isEqualTo(2);
        assertThat(source.err())
                .isEqualTo("understack: --source: \"nova\" is no event source of " + config + "; expected one of [ironic, nautobot]\n");
        CommandLineRun name = explain("ironic", "ports", "{}");
        assertThat(name.exitCode()).isEqualTo(2);
        assertThat(name.err())
                .isEqualTo("understack: --name: event source \"ironic\" of " + config + " has no event \"ports\"; expected one of [nodes]\n");
    }

    @Test
    void aWrongConfigurationIsNamedByFileLineAndField() throws Exception {
        Files.writeString(Path.of(config), CONFIGURATION.replace("comparator: matches", "comparator: like"));
        CommandLineRun run = explain("ironic", "nodes", "{}", "--json");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("understack: " + config + ":37: unclassified.understack.sensors[1].filters[0].comparator: \"like\" is unknown;"
                        + " expected one of [equals, not-equals, in, not-in, matches, find, greater, greater-or-equal, less, less-or-equal, exists, missing, null]\n");
    }

    private CommandLineRun explain(String source, String name, String body, String... options) throws Exception {
        Path event = Files.writeString(folder.resolve("event.json"), body);
        String[] arguments = {"explain", "--config", config, "--event", event.toString(), "--source", source, "--name", name};
        String[] all = Stream.concat(Arrays.stream(arguments), Arrays.stream(options))
                .toArray(String[]::new);
        return CommandLineRun.of(Map.of(), all);
    }

    private static JsonNode json(CommandLineRun run) throws Exception {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Json.parse(run.out());
    }

    private static String notification(String type, String payload) {
        String message = "{\"message_id\": \"m1\", \"event_type\": \"" + type + "\", \"payload\": " + payload + "}";
        return Json.MAPPER.createObjectNode().put("oslo.version", "2.0").put("oslo.message", message).toString();
    }
}
