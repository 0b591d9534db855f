package io.jenkins.plugins.understack.workbench.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.understack.core.source.Retention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake is answered with file, line and field. Each test replaces one piece of a good file. */
class WrongConfigurationTest {
    private static final String GOOD =
            """
            jenkins:
              numExecutors: 2
            unclassified:
              location:
                url: https://jenkins.example.com/
              understack:
                nautobot:
                  url: https://nautobot.example.com
                  credentialsId: token
                eventSources:
                  - amqp:
                      name: ironic
                      uri: amqp://broker/ironic
                      events:
                        - name: openstack
                          exchange: ironic
                          routingKeys: [info]
                          prefetch: 10
                          bodyFormat: oslo
                          queueArguments: |
                            x-queue-type: quorum
                  - webhook:
                      name: nautobot
                      events:
                        - name: interfaces
                          path: interfaces
                          authentication:
                            hmac:
                              credentialsId: key
                              header: X-Hook-Signature
                sensors:
                  - name: node
                    source: ironic
                    event: openstack
                    filters:
                      - path: body.a
                        value: x
                      - path: body.b
                        comparator: matches
                        value:
                          - y
                    job: get-device-nautobot
                    parameters:
                      - name: hostname
                        path: body.name
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    comparator: matches   | comparator: equal       | 39: unclassified.understack.sensors[0].filters[1].comparator: "equal" is unknown; expected one of [equals, not-equals, in, not-in, matches, find, greater, greater-or-equal, less, less-or-equal, exists, missing, null]
                    path: body.a          | path: body..a           | 36: unclassified.understack.sensors[0].filters[0].path: "body..a" has an empty part; expected a key or an index between dots
                    - y                   | - "["                   | 41: unclassified.understack.sensors[0].filters[1].value[0]: "[" is no RE2 regular expression: missing closing ]; see https://github.com/google/re2/wiki/Syntax
                    path: body.name       | path: ""                | 44: unclassified.understack.sensors[0].parameters[0].value: is missing; expected one of path, jq and value
                    job: get-device-nautobot | job:                 | 42: unclassified.understack.sensors[0].job: is empty; expected a value
                    source: ironic        | source: iconic          | 33: unclassified.understack.sensors[0].source: sensor "node" depends on event source "iconic", which does not exist; expected one of [ironic, nautobot]
                    event: openstack      | evnt: openstack         | 34: unclassified.understack.sensors[0].evnt: is unknown; expected one of name, enabled, source, event, transform, where, filters, dependencies, conditions, within, conditionsReset, forEach, job, parameters, argo, serializeBy, coalesceBy, limit, delay, debounce, rateLimit, hold, inFlight
                    prefetch: 10          | prefetch: ten           | 18: unclassified.understack.eventSources[0].amqp.events[0].prefetch: is no whole number; expected one such as 100
                    prefetch: 10          | prefetch: 0             | 18: unclassified.understack.eventSources[0].amqp.events[0].prefetch: 0 is too small; expected at least 1
                    bodyFormat: oslo      | bodyFormat: olso        | 19: unclassified.understack.eventSources[0].amqp.events[0].bodyFormat: "olso" is unknown; expected json, base64 or oslo
                    bodyFormat: oslo      | declare: yes            | 19: unclassified.understack.eventSources[0].amqp.events[0].declare: is neither true nor false; expected one of the two
                    bodyFormat: oslo      | bodyFormat: ${FORMAT}   | 19: unclassified.understack.eventSources[0].amqp.events[0].bodyFormat: environment variable FORMAT is not set; set it, or write ${FORMAT:-default}
                    bodyFormat: oslo      | bodyFormat: ${FOR MAT}  | 19: unclassified.understack.eventSources[0].amqp.events[0].bodyFormat: ${FOR MAT} is no environment variable; expected ${NAME} or ${NAME:-default}, or ^${ for a plain ${
                    bodyFormat: oslo      | prefetch: 11            | 19: unclassified.understack.eventSources[0].amqp.events[0].prefetch: occurs twice; expected each field once
                    x-queue-type: quorum  | quorum                  | 20: unclassified.understack.eventSources[0].amqp.events[0].queueArguments: line 1 is no "key: value"; expected one on each line
                    routingKeys: [info]   | routingKeys: info       | 17: unclassified.understack.eventSources[0].amqp.events[0].routingKeys: is a text; expected a list, each item behind "- "
                    uri: amqp://broker/ironic | uri: http://broker/ | 13: unclassified.understack.eventSources[0].amqp.uri: has the scheme "http"; expected amqp://host:5672/vhost or amqps://…
                    uri: amqp://broker/ironic | tls: {caCertificate: x} | 13: unclassified.understack.eventSources[0].amqp.tls.caCertificate: holds no certificate; expected PEM text, -----BEGIN CERTIFICATE----- …
                    - amqp:               | - mqtt:                 | 11: unclassified.understack.eventSources[0].mqtt: is unknown; expected one of amqp, webhook
                    header: X-Hook-Signature | algorithm: SHA-1     | 30: unclassified.understack.eventSources[1].webhook.events[0].authentication.hmac.algorithm: "SHA-1" is refused; expected SHA-256 or SHA-512
                    header: X-Hook-Signature | prefix: a            | 28: unclassified.understack.eventSources[1].webhook.events[0].authentication.hmac.header: is empty; expected a value
                    url: https://nautobot.example.com | url: nautobot | 8: unclassified.understack.nautobot.url: is no URL with http or https and a host; expected https://nautobot.example.com
                    credentialsId: token  | timeoutSeconds: 0       | 9: unclassified.understack.nautobot.timeoutSeconds: 0 is too small; expected at least 1
                    job: get-device-nautobot | within: 10           | 42: unclassified.understack.sensors[0].within: "10" is no duration; expected one such as 30s, 10m, 1h30m or 2d
                    job: get-device-nautobot | inFlight: 0          | 42: unclassified.understack.sensors[0].inFlight: 0 is too small; expected at least 1
                    uri: amqp://broker/ironic | inFlight: 0         | 13: unclassified.understack.eventSources[0].amqp.inFlight: 0 is too small; expected at least 1
                    uri: amqp://broker/ironic | retention: {age: 7} | 13: unclassified.understack.eventSources[0].amqp.retention.age: "7" is no duration; expected one such as 30s, 10m, 1h30m or 2d
                    uri: amqp://broker/ironic | secretFields: ["body.*"] | 13: unclassified.understack.eventSources[0].amqp.secretFields[0]: "body.*" is no plain path; expected keys with dots between them, such as body.data.password
                    name: nautobot        | name: ironic            | 10: unclassified.understack.eventSources: "ironic" occurs twice; expected different names
                    """)
    void namesFileLineAndField(String good, String wrong, String expected) throws Exception {
        assertThat(GOOD).contains(good);
        assertThat(message(GOOD.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(wrong))))
                .isEqualTo(folder.resolve("understack.yaml") + ":" + expected);
    }

    @Test
    void theGoodOneIsGood() throws Exception {
        assertThat(message(GOOD)).isNull();
    }

    @Test
    void theInboxHasItsFields() throws Exception {
        String here = "eventSources:\n";
        assertThat(GOOD).contains(here);
        assertThat(message(GOOD.replace(here, "inbox: {pending: 0}\n    " + here)))
                .endsWith(": unclassified.understack.inbox.pending: 0 is too small; expected at least 1");
        assertThat(message(GOOD.replace(here, "inbox: {retention: {bites: 1}}\n    " + here)))
                .endsWith(": unclassified.understack.inbox.retention.bites: is unknown; expected one of age, events, bytes");
        assertThat(message(GOOD.replace(here, "inbox: {identityWindow: 48h, retention: {age: 1d}}\n    " + here))).isNull();
        assertThat(message(GOOD.replace(here, "inbox: {retention: {bytes: 1 GB}}\n    " + here)))
                .endsWith(": unclassified.understack.inbox.retention.bytes: is no whole number; expected one such as 100");
    }

    /** As in Jenkins, where a form has nothing else for what is left out. */
    @Test
    void noBytesAreNotAsManyAsUsual() throws Exception {
        String inbox = "inbox: {retention: {events: 1000, bytes: 0}}\n    eventSources:\n";
        Path file = Files.writeString(folder.resolve("understack.yaml"), GOOD.replace("eventSources:\n", inbox));
        assertThat(ConfigurationFile.load(file, Map.of()).configuration().inbox().retention())
                .isEqualTo(new Retention(Retention.DEFAULT.age(), 1_000, 0L));
    }

    @Test
    void authenticationMustBeChosen() throws Exception {
        String without = GOOD.replaceFirst("(?s) +authentication:.*?X-Hook-Signature\n", "");
        assertThat(message(without))
                .endsWith(":25: unclassified.understack.eventSources[1].webhook.events[0].authentication: is missing;"
                        + " expected hmac, bearer or none");
        assertThat(message(GOOD.replaceFirst("(?s)authentication:.*?X-Hook-Signature", "authentication: none")))
                .isNull();
    }

    @Test
    void whatIsNoYamlIsSaidWithItsLine() throws Exception {
        assertThat(message("unclassified:\n  understack: [\n")).startsWith(folder.resolve("understack.yaml") + ":3: is no YAML: ");
        assertThat(message("")).endsWith("understack.yaml:1: is empty; expected unclassified: understack:");
        assertThat(message("jenkins: {}\n"))
                .endsWith("understack.yaml: unclassified.understack: is missing; expected event sources and sensors");
        assertThat(catchThrowable(() -> ConfigurationFile.load(folder.resolve("none.yaml"), Map.of())))
                .hasMessage(folder.resolve("none.yaml") + ": does not exist; expected a YAML file");
    }

    /** What is wrong with a file, or null. */
    private String message(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("understack.yaml"), yaml);
        Throwable error = catchThrowable(() -> ConfigurationFile.load(file, Map.of()));
        if (error != null) {
            assertThat(error).isInstanceOf(ConfigurationException.class);
        }
        return error == null ? null : error.getMessage();
    }
}
