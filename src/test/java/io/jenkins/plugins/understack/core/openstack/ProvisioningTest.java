package io.jenkins.plugins.understack.core.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvisioningTest {
    private final List<String> told = new ArrayList<>();
    private TestCloud test;

    @BeforeEach
    void start() throws Exception {
        test = new TestCloud();
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @ParameterizedTest
    @CsvSource({
        "manage, enroll, manageable", "manage, available, manageable", "manage, clean failed, manageable", "inspect, manageable, manageable",
        "provide, manageable, available", "adopt, manageable, active", "active, available, active", "deleted, active, available",
    })
    void bringsANodeIntoTheState(String target, String from, String to) throws Exception {
        String uuid = test.ironic.node("n1", from);

        assertThat(run(request(target))).isEqualTo(new Provisioning.Turn.Done(uuid, to, true));
        assertThat(test.ironic.writes()).containsExactly("PUT /v1/nodes/n1/states/provision {\"target\":\"" + target + "\"}");
        assertThat(told).first().isEqualTo("node n1 is " + from + ", " + target + " is asked for");
    }

    @ParameterizedTest
    @CsvSource({"manage, manageable", "provide, available", "active, active", "deleted, available"})
    void whatIsSoAlreadyStaysSo(String target, String state) throws Exception {
        test.ironic.node("n1", state);
        assertThat(run(request(target))).isEqualTo(new Provisioning.Turn.Done(test.ironic.show("n1").path("uuid").asText(), state, false));
        assertThat(test.ironic.writes()).isEmpty();
    }

    @Test
    void cleansByStepsOrByARunbook() throws Exception {
        test.ironic.node("n1", "manageable");
        run(ProvisionRequest.of("n1", "clean", "[{\"interface\": \"raid\", \"step\": \"delete_configuration\"}]", null, true));
        run(ProvisionRequest.of("n1", "clean", null, "runbook-3", false));
        assertThat(test.ironic.writes())
                .containsExactly(
                        "PUT /v1/nodes/n1/states/provision {\"target\":\"clean\",\"clean_steps\":[{\"interface\":\"raid\","
                                + "\"step\":\"delete_configuration\"}],\"disable_ramdisk\":true}",
                        "PUT /v1/nodes/n1/states/provision {\"target\":\"clean\",\"runbook\":\"runbook-3\"}");
    }

    @Test
    void aNodeThatIsLockedOrBusyIsWaitedFor() throws Exception {
        test.ironic.node("n1", "manageable");
        test.ironic.lock("n1", Duration.ofMinutes(1));
        run(request("inspect"));
        assertThat(told).first().isEqualTo("node n1 is locked by conductor-1");
        assertThat(test.ironic.writes()).hasSize(1);

        // Somebody else has begun a cleaning.
        told.clear();
        test.client().query(ProvisionRequest.of("n1", "clean", null, "x", false).order(), null, null);
        run(request("inspect"));
        assertThat(told).first().isEqualTo("node n1 is cleaning already; inspect comes after that");
        assertThat(test.ironic.writes()).hasSize(3).last().asString().contains("inspect");
    }

    @Test
    void aNodeThatIsStillLockedIsNotDone() throws Exception {
        test.ironic.node("n1", "manageable");
        test.ironic.ended((verb, node) -> test.ironic.lock("n1", Duration.ofSeconds(9)));
        run(request("inspect"));
        assertThat(told).last().isEqualTo("node n1 is manageable, and still locked");
        test.client().query(OpenstackQuery.of("baremetal", "PUT", "/v1/nodes/n1/states/provision", null, Map.of("target", "provide"), null, false, false), null, null);
    }

    /** Locked between the look and the request: Ironic answers 409, and the request is made anew. */
    @Test
    void aConflictIsNoFailure() throws Exception {
        test.ironic.node("n1", "manageable");
        test.ironic.refuseNextWrite(409);

        assertThat(run(request("inspect")).changed()).isTrue();
        assertThat(told).filteredOn(line -> line.contains("status 409")).hasSize(1);
        assertThat(test.ironic.writes()).hasSize(2);
    }

    /** Ironic has taken the request, and nobody knows: the answer was lost, or the controller died before it was stored. */
    @Test
    void nothingIsAskedForTwice() throws Exception {
        test.ironic.node("n1", "manageable");
        test.ironic.loseNextAnswer();
        run(request("inspect"));
        assertThat(test.ironic.writes()).hasSize(1);

        Provisioning provisioning = new Provisioning(test.client(), request("inspect"));
        Provisioning.Stage stored = ((Provisioning.Turn.Next) provisioning.turn(Provisioning.Stage.NEW)).stage();
        provisioning.turn(stored);
        test.clock.pass(Duration.ofHours(1));
        assertThat(provisioning.turn(stored)).isInstanceOf(Provisioning.Turn.Done.class);
        assertThat(test.ironic.writes()).hasSize(2);
    }

    /** The request was stored, and never made. */
    @Test
    void whatWasNeverAskedForIsAskedForLater() throws Exception {
        test.ironic.node("n1", "manageable");
        Provisioning.Stage stored = ((Provisioning.Turn.Next) new Provisioning(test.client(), request("inspect")).turn(Provisioning.Stage.NEW)).stage();
        assertThat(test.ironic.writes()).isEmpty();

        Provisioning after = new Provisioning(test.client(), request("inspect"));
        assertThat(((Provisioning.Turn.Next) after.turn(stored)).stage().taken()).isTrue();
        assertThat(test.ironic.writes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"manage, enroll, enroll", "inspect, manageable, inspect failed", "provide, manageable, clean failed", "deleted, active, error"})
    void aFailureHasIronicsReason(String target, String from, String failed) throws Exception {
        test.ironic.node("n1", from);
        test.ironic.failNext(target, "no route to the BMC");
        assertThatThrownBy(() -> run(request(target)))
                .isInstanceOf(OpenstackException.class)
                .hasMessageStartingWith("openstack baremetal: node n1: " + target + " ended in the state " + failed + ", expected ")
                .hasMessageEndingWith(": no route to the BMC");
    }

    @Test
    void whatWaitingDoesNotHelpFailsAtOnce() throws Exception {
        test.ironic.node("n1", "active");
        assertThatThrownBy(() -> run(request("inspect"))).hasMessageContaining("status 400: The requested action \"inspect\" can not be performed");
        assertThatThrownBy(() -> run(ProvisionRequest.of("n2", "inspect", null, null, false))).hasMessageContaining("status 404");
        assertThat(test.sleeps).isEmpty();
        test.ironic.refuseNext(503);
        assertThat(run(request("active")).changed()).isFalse();
        assertThat(test.sleeps).containsExactly(Provisioning.PAUSE);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "n1    | brew   | -     | -  | false | target: \"brew\" is unknown; expected one of [manage, inspect, clean,",
                "a/b   | manage | -     | -  | false | node: \"a/b\" is no name",
                "..    | manage | -     | -  | false | node: \"..\" is no name",
                "n1    | clean  | -     | -  | false | cleanSteps: and runbook are both missing",
                "n1    | clean  | [{}]  | rb | false | cleanSteps: and runbook are both missing or both given",
                "n1    | clean  | []    | -  | false | cleanSteps: is no list of steps",
                "n1    | manage | -     | rb | false | cleanSteps: or runbook is given with the target manage",
                "n1    | manage | -     | -  | true  | disableRamdisk: is set with the target manage"
            })
    void requestsThatCannotWork(String node, String target, String steps, String runbook, boolean disableRamdisk, String expected) {
        assertThatThrownBy(() -> ProvisionRequest.of(node, target, steps, runbook, disableRamdisk))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(expected);
    }

    private static ProvisionRequest request(String target) {
        return ProvisionRequest.of("n1", target, null, null, false);
    }

    /** As a caller does it that is never interrupted. */
    private Provisioning.Turn.Done run(ProvisionRequest request) throws Exception {
        Provisioning provisioning = new Provisioning(test.client(), request);
        Provisioning.Stage stage = Provisioning.Stage.NEW;
        while (true) {
            Provisioning.Turn turn = provisioning.turn(stage);
            if (turn instanceof Provisioning.Turn.Done done) {
                return done;
            }
            Provisioning.Turn.Next next = (Provisioning.Turn.Next) turn;
            told.add(next.why());
            stage = next.stage();
            if (!next.pause().isZero()) {
                test.sleep(next.pause());
            }
        }
    }
}
