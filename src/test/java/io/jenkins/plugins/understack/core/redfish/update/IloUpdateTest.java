package io.jenkins.plugins.understack.core.redfish.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import io.jenkins.plugins.understack.workbench.simulator.BmcSimulator.Push;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S28 (b) with what only an iLO does. */
class IloUpdateTest extends UpdateFixture {
    /** An iLO 5 knows neither parts of the standard nor a task there; with or without a state that could be followed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pushesAFormToAnIlo(boolean state) throws Exception {
        begin(BmcKind.ILO);
        test.bmc.offers(Push.HTTP);
        if (state) {
            test.bmc.onlyState();
        }

        UpdateProgress end = run(List.of());

        assertThat(end.changes()).isEqualTo(Map.of("BIOS", "1.6.10 -> 2.0.0"));
        assertThat(end.state()).isEqualTo(state ? "Complete" : TaskDocument.NO_TASK);
        assertThat(test.bmc.writes()).containsExactly(
                LOGIN, "POST /cgi-bin/uploadFile 200", "DELETE /redfish/v1/SessionService/Sessions/7 204");
        assertThat(test.bmc.uploads()).singleElement().satisfies(upload -> {
            assertThat(upload.sha256()).isEqualTo(images.sha256());
            assertThat(upload.parameters())
                    .isEqualTo("{\"UpdateRepository\":true,\"UpdateTarget\":true,\"ETag\":\"understackbiosexe\",\"Section\":0}");
        });
    }

    @Test
    void anIloThatChangesNothingIsWaitedForToTheDeadline() throws Exception {
        begin(BmcKind.ILO);
        test.bmc.offers(Push.HTTP);
        test.bmc.installs("BIOS", "1.6.10", Duration.ofSeconds(100));

        try (FirmwareUpdate update = update();
                ImageFile image = fetch(images.image())) {
            UpdateTask task = update.upload(image, List.of(), Duration.ofMinutes(2));
            test.pass(Duration.ofMinutes(2));
            assertThatThrownBy(() -> update.poll(task))
                    .isInstanceOf(UpdateFailedException.class)
                    .hasMessage("the update has not ended in time: /redfish/v1/UpdateService/FirmwareInventory/ was waited for until"
                            + " 2026-11-21T12:02:00Z; the last was: " + TaskDocument.NO_TASK);
        }
    }

    @Test
    void anIloFindsOutItselfWhatAnImageIsFor() throws Exception {
        begin(BmcKind.ILO);
        test.bmc.offers(Push.HTTP);

        assertThatThrownBy(() -> run(List.of("/redfish/v1/Systems/1")))
                .isInstanceOf(UpdateFailedException.class)
                .hasMessageContaining("targets: /cgi-bin/uploadFile takes none");
        assertThat(test.bmc.uploads()).isEmpty();
    }

    /** The key of the session must not go elsewhere. */
    @Test
    void aFormForAnotherHostIsNotSent() throws Exception {
        begin(BmcKind.ILO);
        test.bmc.offers(Push.HTTP);
        test.bmc.change("/redfish/v1/UpdateService", Json.parse("{\"HttpPushUri\":\"http://evil.invalid/cgi-bin/uploadFile\"}"));

        assertThatThrownBy(() -> run(List.of())).hasMessageContaining("leads to another host and is not followed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void followsAServiceWithoutTasks(boolean restarts) throws Exception {
        begin(BmcKind.ILO);
        test.bmc.onlyState();
        test.bmc.offers(Push.SIMPLE);
        if (restarts) {
            test.bmc.restartsDuringUpdates(Duration.ofSeconds(15), Duration.ofSeconds(10));
        }

        UpdateProgress end = run(List.of());

        assertThat(end.state()).isEqualTo(restarts ? "Idle" : "Complete");
        assertThat(end.changes()).isEqualTo(Map.of("BIOS", "1.6.10 -> 2.0.0"));
        assertThat(log).contains("Idle 0 %", "Writing 10 %");
    }

    @Test
    void aServiceWithoutTasksFails() throws Exception {
        begin(BmcKind.ILO);
        test.bmc.onlyState();
        test.bmc.updatesFail("Exception", "");

        assertThatThrownBy(() -> run(List.of())).hasMessage("the update has failed: /redfish/v1/UpdateService/ ended with Error");
    }
}
