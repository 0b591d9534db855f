package io.jenkins.plugins.understack.core.obm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.broker.MapSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObmRulesTest {
    private static final ObmCredential LAB = new ObmCredential("root", "calvin");
    private static final ObmCredential STANDARD = new ObmCredential("root", "M5CacBLC/4eVuaTmoH8v");

    private final List<String> lookups = new ArrayList<>();
    private final DeviceDirectory nautobot = new DeviceDirectory() {
        @Override
        public Device device(String hostname, String deviceId) {
            lookups.add("device " + hostname + " " + deviceId);
            return new Device("uuid-1", "lab-1", "server", List.of("lab", "gpu"));
        }

        @Override
        public String address(String hostname, String deviceId) {
            lookups.add("address " + hostname + " " + deviceId);
            return "1.2.3.4";
        }
    };
    private final ObmSource standard = standard("new secret string");

    private static ObmSource standard(String key) {
        return new StandardPasswords("bmc-master", null, new MapSecrets().with("bmc-master", key));
    }

    @Test
    void theFirstRuleForTheDeviceThatHasOneDecides() throws Exception {
        ObmRules rules = new ObmRules(List.of(
                rule(List.of("^lab-"), List.of(), List.of(), device -> Optional.empty()),
                rule(List.of("^rack-", "-1$"), List.of("server"), List.of("gpu"), device -> Optional.of(LAB)),
                rule(List.of(), List.of(), List.of(), standard)));

        assertThat(rules.find(device("lab-1", null, null))).isEqualTo(LAB);
        assertThat(rules.find(device(null, "uuid-1", null))).isEqualTo(LAB);
        assertThat(rules.find(device("lab-2", null, null))).isEqualTo(STANDARD);
        assertThat(rules.find(device(null, null, "1.2.3.4"))).isEqualTo(STANDARD);
    }

    @Test
    void asksNautobotOnlyWhereARuleDoesAndOnce() throws Exception {
        ObmRules byName = new ObmRules(List.of(rule(List.of("^lab-1$"), List.of(), List.of(), standard)));

        byName.find(device("lab-1", null, "1.2.3.4"));
        assertThat(lookups).isEmpty();
        byName.find(device("lab-1", null, null));
        assertThat(lookups).containsExactly("address lab-1 null");

        lookups.clear();
        assertThatThrownBy(() -> new ObmRules(List.of(
                                rule(List.of(), List.of("switch"), List.of(), standard),
                                rule(List.of(), List.of(), List.of("decommissioned"), standard)))
                        .find(device(null, "uuid-1", null)))
                .isInstanceOf(ObmCredentialException.class)
                .hasMessage("device uuid-1: no credential. Of the 2 rules in obm.providers 0 are for it");
        assertThat(lookups).containsExactly("device null uuid-1");
    }

    @Test
    void anAddressAloneMeetsNoCondition() {
        assertThatThrownBy(() -> new ObmRules(List.of(rule(List.of("."), List.of(), List.of(), standard)))
                        .find(device(null, null, "1.2.3.4")))
                .hasMessage("BMC 1.2.3.4: no credential. Of the 1 rules in obm.providers 0 are for it;"
                        + " rules with names, roles or tags need hostname or deviceId");
        assertThat(lookups).isEmpty();
    }

    @Test
    void aSourceThatFailsIsNotPassedOver() {
        ObmRules rules = new ObmRules(List.of(
                rule(List.of(), List.of(), List.of(), new StandardPasswords("bmc-master", "admin", new MapSecrets())),
                rule(List.of(), List.of(), List.of(), device -> Optional.of(LAB))));

        assertThatThrownBy(() -> rules.find(device("lab-1", null, "1.2.3.4")))
                .isInstanceOf(ObmCredentialException.class)
                .hasMessageStartingWith("device lab-1: masterKeyCredentialsId: credential \"bmc-master\" ");
        assertThatThrownBy(() -> standard(" \n").find(device("lab-1", null, "1.2.3.4")))
                .isInstanceOf(ObmCredentialException.class)
                .hasMessageContaining("masterKey: is empty");
    }

    @Test
    void theMasterKeyMayEndWithALine() throws Exception {
        assertThat(standard("new secret string\n").find(device(null, null, "1.2.3.4"))).contains(STANDARD);
    }

    @Test
    void withoutNautobotItSaysWhatItWantedToKnow() {
        ObmDevice device = ObmDevice.of("lab-1", null, null, null);

        assertThatThrownBy(() -> standard.find(device))
                .hasMessage("device lab-1: the address of its BMC cannot be looked up, since no Nautobot is configured");
    }

    @ParameterizedTest
    @CsvSource({
        ",,,                     hostname: is empty",
        "' ','','',              hostname: is empty",
        "h1, uuid,,              deviceId: is given together with a hostname",
        ",,elephants,            ip: \"elephants\" is no IP address",
        "h1,,1.2.3,              ip: \"1.2.3\" is no IP address",
    })
    void refusesWhatNamesNoDeviceBeforeAnyCall(String hostname, String deviceId, String ip, String message) {
        assertThatThrownBy(() -> device(hostname, deviceId, ip))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(message);
        assertThat(lookups).isEmpty();
    }

    @Test
    void patternsAreFilledWithWhatTheDeviceHas() throws Exception {
        assertThat(DevicePattern.parse("id", "obm-{name}-$1").fill(device("h1", null, null))).contains("obm-h1-$1");
        assertThat(DevicePattern.parse("id", "obm-{name}").fill(device(null, null, "1.2.3.4"))).isEmpty();
        assertThat(DevicePattern.parse("id", "lab").fill(device(null, null, "1.2.3.4"))).contains("lab");
        assertThat(lookups).isEmpty();
        assertThat(DevicePattern.parse("id", "{deviceId}/{address}").fill(device("h1", null, null))).contains("uuid-1/1.2.3.4");
        assertThatThrownBy(() -> DevicePattern.parse("id", "obm-{hostname}"))
                .hasMessage("id: {hostname} is unknown; expected {name}, {deviceId} or {address}");
    }

    @Test
    void aRuleWithABadExpressionSaysWhere() {
        assertThatThrownBy(() -> DeviceMatch.parse(List.of("lab", "("), List.of(), List.of()))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("names[1]: ");
    }

    private ObmDevice device(String hostname, String deviceId, String ip) {
        return ObmDevice.of(hostname, deviceId, ip, nautobot);
    }

    private static ObmRules.Rule rule(List<String> names, List<String> roles, List<String> tags, ObmSource source) {
        return new ObmRules.Rule(DeviceMatch.parse(names, roles, tags), source);
    }
}
