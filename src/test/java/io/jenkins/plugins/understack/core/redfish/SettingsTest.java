package io.jenkins.plugins.understack.core.redfish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.redfish.Settings.Outcome;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Power, boot and settings; of scenario S27 what concerns the BIOS, the attributes of an iDRAC and its host name. */
class SettingsTest {
    private TestBmc test;
    private RedfishSession session;

    @BeforeEach
    void start() throws Exception {
        start(BmcKind.IDRAC);
    }

    private void start(BmcKind kind) throws Exception {
        stop();
        test = new TestBmc(kind);
        test.bmc.requireIfMatch();
        session = test.client().login("root", "calvin");
    }

    @AfterEach
    void stop() {
        if (session != null) {
            session.close();
            test.close();
            assertThat(test.bmc.openSessions()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(BmcKind.class)
    void switchesOnAndOff(BmcKind kind) throws Exception {
        start(kind);
        assertThat(SystemPower.reset(session, "ForceOff")).isFalse();
        assertThat(SystemPower.reset(session, "On")).isTrue();
        assertThat(SystemPower.reset(session, "On")).isFalse();
        assertThat(SystemPower.reset(session, "ForceRestart")).isTrue();
        assertThat(SystemPower.reset(session, "GracefulShutdown")).isTrue();
        assertThat(test.bmc.document(test.bmc.system()).path("PowerState").asText()).isEqualTo("Off");
        assertThat(writes()).hasSize(3).containsOnly("POST " + test.bmc.system() + "/Actions/ComputerSystem.Reset 204");
        assertThatThrownBy(() -> SystemPower.reset(session, "Explode"))
                .hasMessageEndingWith("power: \"Explode\" is not offered; expected one of On, ForceOff, GracefulShutdown, ForceRestart,"
                        + " PushPowerButton, Nmi");
        assertThatThrownBy(() -> SystemPower.reset(session, "ForceRestart")).hasMessageContaining("status 409");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PoweringOn", "On"})
    void isAlreadyGoingOn(String state) throws Exception {
        test.bmc.change(test.bmc.system(), Json.parse("{\"PowerState\":\"" + state + "\"}"));

        assertThat(SystemPower.reset(session, "On")).isFalse();
        assertThat(writes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(BmcKind.class)
    void bootsOnce(BmcKind kind) throws Exception {
        start(kind);
        assertThat(BootOverride.once(session, "Pxe", "UEFI")).isTrue();
        assertThat(BootOverride.once(session, "Pxe", null)).isFalse();
        assertThat(BootOverride.once(session, "Pxe", "UEFI")).isFalse();

        assertThat(writes()).containsExactly("PATCH " + test.bmc.system() + " 200");
        assertThat(test.bmc.sent(test.bmc.system()))
                .isEqualTo(Json.parse("{\"Boot\":{\"BootSourceOverrideEnabled\":\"Once\",\"BootSourceOverrideTarget\":\"Pxe\","
                        + "\"BootSourceOverrideMode\":\"UEFI\"}}"));
        assertThatThrownBy(() -> BootOverride.once(session, "Floppy", null)).hasMessageContaining("target: \"Floppy\" is not offered");
        assertThatThrownBy(() -> BootOverride.once(session, "Pxe", "Legacy")).hasMessageEndingWith("is not offered; expected one of UEFI");
    }

    @ParameterizedTest
    @EnumSource(BmcKind.class)
    void sendsOnlyTheBiosSettingsThatMustChange(BmcKind kind) throws Exception {
        start(kind);
        String path = test.bmc.system() + "/Bios/Settings";

        Settings.Changes changes = Settings.bios(session, enrolment());

        assertThat(changes.isChanged()).isTrue();
        assertThat(changes.attributes())
                .containsEntry("SecureBoot", Outcome.ALREADY)
                .containsEntry("HttpDev2EnDis", Outcome.NOT_OFFERED)
                .containsEntry("TimeZone", Outcome.SENT);
        assertThat(test.bmc.sent(path))
                .isEqualTo(Json.parse("{\"@Redfish.SettingsApplyTime\":{\"ApplyTime\":\"OnReset\"},\"Attributes\":{"
                        + "\"HttpDev1EnDis\":\"Enabled\",\"HttpDev1Interface\":\"NIC.Integrated.1-1\",\"HttpDev1TlsMode\":\"None\","
                        + "\"PxeDev1EnDis\":\"Disabled\",\"TimeZone\":\"UTC\"}}"));
        assertThat(writes()).containsExactly("PATCH " + path + " 200");

        Settings.Changes again = Settings.bios(session, enrolment());
        assertThat(again.isChanged()).isFalse();
        assertThat(again.isWaiting()).isTrue();
        assertThat(again.attributes()).containsEntry("TimeZone", Outcome.PENDING);
        SystemPower.reset(session, "On");
        Settings.Changes active = Settings.bios(session, enrolment());
        assertThat(active.attributes()).containsEntry("TimeZone", Outcome.ALREADY);
        assertThat(active.isWaiting()).isFalse();
        assertThat(writes()).hasSize(2);
    }

    /** What must not be done twice is remembered before it is asked for, and only that. */
    @Test
    void restartsWhatIsOn() throws Exception {
        List<List<String>> remembered = new ArrayList<>();
        SystemPower.Once once = () -> remembered.add(writes());

        assertThat(SystemPower.restartIfOn(session, once)).isFalse();
        assertThat(SystemPower.reset(session, "On", once)).isTrue();
        test.bmc.busyOnce("/ComputerSystem.Reset");
        assertThatThrownBy(() -> SystemPower.restartIfOn(session, once)).isInstanceOf(NotYetException.class);
        assertThat(SystemPower.restartIfOn(session, once)).isTrue();
        assertThat(SystemPower.reset(session, "ForceOff", once)).isTrue();

        String reset = "POST " + test.bmc.system() + "/Actions/ComputerSystem.Reset ";
        assertThat(remembered).containsExactly(List.of(reset + 204), List.of(reset + 204, reset + 503));
        assertThat(writes()).containsExactly(reset + 204, reset + 503, reset + 204, reset + 204);
    }

    @Test
    void aWrongPendingValueIsSentAlthoughTheActiveOneIsRight() throws Exception {
        test.bmc.change(test.bmc.system() + "/Bios/Settings", Json.parse("{\"Attributes\":{\"SecureBoot\":\"Enabled\"}}"));

        assertThat(Settings.bios(session, Map.of("SecureBoot", "Disabled")).attributes()).containsEntry("SecureBoot", Outcome.SENT);
        assertThat(test.bmc.document(test.bmc.system() + "/Bios/Settings").at("/Attributes/SecureBoot").asText()).isEqualTo("Disabled");
    }

    @Test
    void changesThatWaitAlreadyAreNoFailure() throws Exception {
        test.bmc.refuseChanges("Pending configuration values are already committed, unable to perform another set operation.");
        Settings.Changes changes = Settings.bios(session, enrolment());
        assertThat(changes.queued()).isTrue();
        assertThat(changes.isChanged()).isFalse();

        test.bmc.refuseChanges("The value is wrong.");
        assertThatThrownBy(() -> Settings.bios(session, enrolment())).hasMessageEndingWith("status 400: The value is wrong.");
    }

    @Test
    void settingsOfAnIdrac() throws Exception {
        // All that UnderStack wants where no DNS servers are configured, and one that no iDRAC has.
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("SNMP.1.AgentEnable", "Enabled");
        wanted.put("SNMP.1.SNMPProtocol", "All");
        wanted.put("SNMP.1.AgentCommunity", "public");
        wanted.put("SNMP.1.AlertPort", 161);
        wanted.put("SwitchConnectionView.1.Enable", "Enabled");
        wanted.put("NTPConfigGroup.1.NTPEnable", "Disabled");
        wanted.put("Time.1.Timezone", "UTC");
        wanted.put("SNMP.1.NoSuchThing", "Enabled");

        assertThat(Settings.manager(session, wanted).attributes()).containsEntry("SNMP.1.NoSuchThing", Outcome.NOT_OFFERED);
        assertThat(test.bmc.sent(test.bmc.manager() + "/Attributes"))
                .isEqualTo(Json.parse("{\"Attributes\":{\"SNMP.1.AlertPort\":161,\"Time.1.Timezone\":\"UTC\"}}"));
        assertThat(Settings.manager(session, wanted).isChanged()).isFalse();
        assertThat(writes()).containsExactly("PATCH " + test.bmc.manager() + "/Attributes 200");
    }

    @Test
    void settingsOfANewerIdracAndOfOthers() throws Exception {
        String newer = test.bmc.manager() + "/Oem/Dell/DellAttributes/iDRAC.Embedded.1";
        test.bmc.document(newer, test.bmc.document(test.bmc.manager() + "/Attributes"));
        test.bmc.document(test.bmc.manager() + "/Attributes", null);
        assertThatThrownBy(() -> Settings.manager(session, Map.of("SNMP.1.AlertPort", 161))).hasMessageContaining("/Attributes: status 404");
        test.bmc.change(
                test.bmc.manager(),
                Json.parse("{\"Links\":{\"Oem\":{\"Dell\":{\"DellAttributes\":[{\"@odata.id\":\"" + newer + "\"}]}}}}"));

        assertThat(Settings.manager(session, Map.of("SNMP.1.AlertPort", 161)).isChanged()).isTrue();
        assertThat(writes()).containsExactly("PATCH " + newer + " 200");
    }

    @ParameterizedTest
    @EnumSource(BmcKind.class)
    void hostNameOfTheBmcItself(BmcKind kind) throws Exception {
        start(kind);
        String path = test.bmc.manager() + "/EthernetInterfaces/" + (kind == BmcKind.IDRAC ? "NIC.1" : "1");

        assertThat(BmcHostName.set(session, "Dell-33GSW04")).isTrue();
        assertThat(BmcHostName.set(session, "Dell-33GSW04")).isFalse();

        assertThat(test.bmc.sent(path)).isEqualTo(Json.parse("{\"HostName\":\"Dell-33GSW04\"}"));
        assertThat(writes()).containsExactly("PATCH " + path + " 200");
        test.bmc.document(path, null);
        assertThatThrownBy(() -> BmcHostName.set(session, "x")).hasMessageContaining("EthernetInterfaces").hasMessageContaining("has no members");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "a.b", "a b", "a_b", "a\nb"})
    void whatIsNoHostName(String name) {
        assertThatThrownBy(() -> BmcHostName.check("bmcHostname", name))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("bmcHostname: ");
    }

    /** Without the log-in. */
    private List<String> writes() {
        return test.writes(1);
    }

    /** What UnderStack wants before it inspects a server. */
    private static Map<String, String> enrolment() {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("HttpDev1TlsMode", "None");
        wanted.put("TimeZone", "UTC");
        wanted.put("OS-BMC.1.AdminState", "Disabled");
        wanted.put("IPMILan.1.Enable", "Disabled");
        wanted.put("SecureBoot", "Disabled");
        wanted.put("PxeDev1EnDis", "Disabled");
        wanted.put("HttpDev1EnDis", "Enabled");
        for (int i = 2; i < 5; i++) {
            wanted.put("HttpDev" + i + "EnDis", "Disabled");
        }
        wanted.put("HttpDev1Interface", "NIC.Integrated.1-1");
        return wanted;
    }
}
