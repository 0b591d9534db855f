package io.jenkins.plugins.understack.core.redfish.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.redfish.LoginUnavailableException;
import io.jenkins.plugins.understack.core.redfish.NotYetException;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.TestBmc;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import io.jenkins.plugins.understack.workbench.simulator.BmcSimulator.Push;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenario S28 (b). */
class FirmwareUpdateTest extends UpdateFixture {
    @ParameterizedTest
    @EnumSource(BmcKind.class)
    void pushesInPartsAndFollowsTheTask(BmcKind kind) throws Exception {
        begin(kind);
        try (FirmwareUpdate update = update()) {
            UpdateTask task = upload(update, List.of("/redfish/v1/UpdateService/FirmwareInventory/BIOS"));

            assertThat(update.poll(task).state()).isEqualTo("New");
            test.pass(Duration.ofSeconds(45));
            UpdateProgress running = update.poll(task);
            assertThat(running.toString()).isEqualTo("Running 45 %: The update is Running.");
            assertThat(running.nextPoll()).isEqualTo(TestBmc.NOON.plusSeconds(55));
            assertThat(running.done()).isFalse();
            test.pass(Duration.ofSeconds(55));
            UpdateProgress end = update.poll(task);
            assertThat(end.state()).isEqualTo("Completed");
            assertThat(end.done()).isTrue();
            assertThat(end.changes()).isEqualTo(Map.of("BIOS", "1.6.10 -> 2.0.0"));
        }
        assertThat(test.bmc.writes()).containsExactly(LOGIN, PUSH, "DELETE /redfish/v1/SessionService/Sessions/7 204");
        assertThat(test.bmc.uploads()).singleElement().satisfies(upload -> {
            assertThat(upload.sha256()).isEqualTo(images.sha256());
            assertThat(upload.parameters()).isEqualTo("{\"Targets\":[\"/redfish/v1/UpdateService/FirmwareInventory/BIOS\"]}");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Exception", "Killed", "Cancelled"})
    void failsWithTheMessagesOfTheBmc(String state) throws Exception {
        test.bmc.updatesFail(state, "The image is for another system.");
        try (FirmwareUpdate update = update()) {
            UpdateTask task = upload(update, List.of());

            assertThatThrownBy(() -> update.follow(task, test::sleep))
                    .isInstanceOf(UpdateFailedException.class)
                    .hasMessageMatching("the update has failed: /redfish/v1/TaskService/Tasks/JID_\\d+ ended with " + state
                            + ": The image is for another system.");
        }
    }

    @Test
    void anotherChecksumUploadsNothing() {
        assertThatThrownBy(() -> fetch(FirmwareImage.of(images.url("/bios.exe?signature=s3cret"), "0".repeat(64))))
                .isInstanceOf(UpdateFailedException.class)
                .hasMessageContaining("/bios.exe has SHA-256 " + sha256() + ", expected 000")
                .message()
                .doesNotContain("s3cret");
        assertThat(test.bmc.requests()).isEmpty();
    }

    @Test
    void anImageThatIsNotThere() {
        assertThatThrownBy(() -> fetch(FirmwareImage.of(images.url("/other.exe?signature=s3cret"), sha256())))
                .isInstanceOf(UpdateFailedException.class)
                .hasMessageEndingWith("/other.exe cannot be had: status 404; nothing was uploaded");
        assertThatThrownBy(() -> ImageFile.fetch(HTTP, images.image(), downloads, 1000, HOUR))
                .hasMessageContaining("it is longer than 1000 bytes");
        images.close();
        assertThatThrownBy(() -> fetch(images.image())).hasMessageContaining("cannot be had (");
    }

    @Test
    void letsTheBmcFetchIt() throws Exception {
        test.bmc.offers(Push.SIMPLE, Push.HTTP);
        run(List.of("/redfish/v1/Systems/1"));

        assertThat(test.bmc.writes()).contains("POST /redfish/v1/UpdateService/Actions/UpdateService.SimpleUpdate 202");
        assertThat(test.bmc.sent("/redfish/v1/UpdateService/Actions/UpdateService.SimpleUpdate"))
                .isEqualTo(Json.parse("{\"ImageURI\":\"" + images.url("/bios.exe?signature=s3cret")
                        + "\",\"TransferProtocol\":\"HTTP\",\"Targets\":[\"/redfish/v1/Systems/1\"]}"));
    }

    @Test
    void pushesItAsItIs() throws Exception {
        test.bmc.offers(Push.HTTP);
        run(List.of("/redfish/v1/Systems/1"));

        assertThat(test.bmc.writes()).contains("PATCH /redfish/v1/UpdateService 200", "POST /redfish/v1/UpdateService/Upload 202");
        assertThat(test.bmc.uploads()).singleElement().satisfies(upload -> assertThat(upload.sha256()).isEqualTo(images.sha256()));
        assertThat(test.bmc.document("/redfish/v1/UpdateService").at("/HttpPushUriTargets/0").asText()).isEqualTo("/redfish/v1/Systems/1");
    }

    @Test
    void findsTheJobInTheQueueOfTheManager() throws Exception {
        test.bmc.onlyJobs();

        assertThat(run(List.of()).toString()).isEqualTo("Completed 100 %: The update is Completed.");
    }

    @Test
    void aBmcThatTakesNoImages() {
        test.bmc.offers();
        assertThatThrownBy(() -> run(List.of()))
                .isInstanceOf(UpdateFailedException.class)
                .hasMessageContaining("takes no images; expected MultipartHttpPushUri");
    }

    @Test
    void theBmcRestartsMeanwhile() throws Exception {
        test.bmc.restartsDuringUpdates(Duration.ofSeconds(30), Duration.ofSeconds(20));
        test.bmc.installs("BMC", "7.20.0", Duration.ofSeconds(200));

        assertThat(run(List.of()).changes()).isEqualTo(Map.of("BMC", "7.10.30.00 -> 7.20.0"));
        assertThat(log).anyMatch(line -> line.contains("cannot be reached")).anyMatch(line -> line.contains("status 503"));
        assertThat(log).contains("the session has ended; logs in again");
        assertThat(test.bmc.writes()).containsExactly(LOGIN, PUSH, LOGIN, "DELETE /redfish/v1/SessionService/Sessions/8 204");
    }

    @Test
    void theBmcDoesNotComeBack() throws Exception {
        test.bmc.restartsDuringUpdates(Duration.ofDays(1), Duration.ZERO);

        assertThatThrownBy(() -> run(List.of()))
                .isInstanceOf(UpdateFailedException.class)
                .hasMessageContaining("was waited for until 2026-11-21T13:00:00Z; the last was: ")
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void anotherProcessGoesOn() throws Exception {
        String stored;
        try (FirmwareUpdate update = update()) {
            stored = upload(update, List.of()).toText();
        }
        assertThat(UpdateTask.of(stored).toText()).isEqualTo(stored);

        try (FirmwareUpdate update = update()) {
            assertThat(update.follow(UpdateTask.of(stored), test::sleep).changes()).isEqualTo(Map.of("BIOS", "1.6.10 -> 2.0.0"));
        }
    }

    @Test
    void whatAProcessThatDiedLeftOpenIsEnded() throws Exception {
        FirmwareUpdate died = update();
        UpdateTask task = upload(died, List.of());
        String left = died.session();
        assertThat(left).isEqualTo("/redfish/v1/SessionService/Sessions/7");

        try (FirmwareUpdate update = update()) {
            update.endSession(left);
            assertThat(update.session()).isEqualTo(left);
            update.poll(task);
            assertThat(update.session()).isEqualTo("/redfish/v1/SessionService/Sessions/8");
            assertThat(test.bmc.openSessions()).isOne();
        }
    }

    /** Nautobot is away for a while when the session has ended: that says nothing about the update. */
    @Test
    void aLogInThatCannotBeLookedUpForNowIsWaitedFor() throws Exception {
        List<RedfishException> failures = new ArrayList<>();
        List<String> opened = new ArrayList<>();
        try (FirmwareUpdate update = new FirmwareUpdate(
                () -> {
                    if (!failures.isEmpty()) {
                        throw failures.remove(0);
                    }
                    opened.add("session");
                    return test.client().login("root", "calvin");
                },
                test.clock,
                log::add)) {
            UpdateTask task = upload(update, List.of());
            update.poll(task);
            update.poll(task);
            assertThat(opened).hasSize(1);

            test.bmc.loseSessions();
            failures.add(new NotYetException("device h1: nautobot: status 503", 0, TestBmc.NOON.plusSeconds(30)));
            UpdateProgress waiting = update.poll(task);
            assertThat(waiting.toString()).isEqualTo("device h1: nautobot: status 503");
            assertThat(waiting.nextPoll()).isEqualTo(TestBmc.NOON.plusSeconds(30));
            assertThat(update.poll(task).state()).isEqualTo("New");
            assertThat(opened).hasSize(2);

            test.bmc.loseSessions();
            failures.add(new LoginUnavailableException("device h1: no credential."));
            assertThatThrownBy(() -> update.poll(task))
                    .isInstanceOf(UpdateFailedException.class)
                    .hasMessage("the update may go on, but can no longer be followed: device h1: no credential.");
        }
    }

    @Test
    void tellsHowMuchIsSent() throws Exception {
        try (ImageFile image = fetch(images.image())) {
            CountedFile body = new CountedFile(image, test.clock, log::add);
            List<Integer> chunks = new ArrayList<>();
            body.subscribe(new java.util.concurrent.Flow.Subscriber<>() {
                @Override
                public void onSubscribe(java.util.concurrent.Flow.Subscription subscription) {
                    subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(java.nio.ByteBuffer buffer) {
                    chunks.add(buffer.remaining());
                    test.pass(Duration.ofSeconds(1));
                }

                @Override
                public void onError(Throwable throwable) {
                    log.add(throwable.toString());
                }

                @Override
                public void onComplete() {
                    log.add("complete");
                }
            });

            assertThat(chunks.stream().mapToInt(Integer::intValue).sum()).isEqualTo((int) body.contentLength());
            assertThat(log).hasSize((chunks.size() - 1) / 10 + 1).startsWith("0 of 1 MB are sent").endsWith("complete");
        }
    }

    @Test
    void aBmcThatStartsIsAskedLater() throws Exception {
        test.bmc.busy(true);
        assertThatThrownBy(() -> run(List.of())).isInstanceOf(NotYetException.class);
        assertThat(test.bmc.writes()).isEmpty();
    }

    /** Another update runs, for example: the whole image goes there in vain each time. */
    @Test
    void aBmcThatTakesNoImageNowIsNotAskedAgainAtOnce() throws Exception {
        test.bmc.busyOnce("/UpdateService/MultipartUpload");
        try (FirmwareUpdate update = update()) {
            assertThatThrownBy(() -> upload(update, List.of()))
                    .isInstanceOfSatisfying(
                            NotYetException.class, e -> assertThat(e.notBefore()).isEqualTo(TestBmc.NOON.plus(Duration.ofMinutes(2))))
                    .hasMessageContaining("MultipartUpload: status 503");
            assertThat(upload(update, List.of()).path()).contains("/Tasks/");
        }
    }
}
