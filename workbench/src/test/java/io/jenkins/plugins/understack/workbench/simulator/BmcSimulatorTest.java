package io.jenkins.plugins.understack.workbench.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.understack.core.TestClock;
import io.jenkins.plugins.understack.workbench.Await;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What the tests of others rely on: that the simulator is as strict as a BMC. */
class BmcSimulatorTest {
    private final TestClock clock = new TestClock();

    @Test
    void threeFailuresWithinAMinuteLockEverybodyOut() throws Exception {
        try (BmcSimulator bmc = BmcSimulator.start(BmcKind.IDRAC, clock)) {
            assertThat(basic(bmc, "calvin")).isEqualTo(200);
            assertThat(basic(bmc, "wrong")).isEqualTo(401);
            clock.pass(Duration.ofSeconds(59));
            assertThat(session(bmc, "wrong")).isEqualTo(401);
            assertThat(bmc.lockOuts()).isZero();
            assertThat(basic(bmc, "wrong")).isEqualTo(401);
            assertThat(bmc.lockOuts()).isOne();
            assertThat(basic(bmc, "calvin")).isEqualTo(401);
            assertThat(session(bmc, "calvin")).isEqualTo(401);
            clock.pass(Duration.ofMinutes(10));
            assertThat(session(bmc, "calvin")).isEqualTo(201);
        }
    }

    @Test
    void failuresThatAreAMinuteApartAndSuccessesInBetweenDoNot() throws Exception {
        try (BmcSimulator bmc = BmcSimulator.start(BmcKind.ILO, clock)) {
            for (int i = 0; i < 4; i++) {
                basic(bmc, "wrong");
                basic(bmc, "wrong");
                if (i % 2 == 0) {
                    assertThat(basic(bmc, "calvin")).isEqualTo(200);
                } else {
                    clock.pass(Duration.ofSeconds(60));
                }
            }
            assertThat(bmc.lockOuts()).isZero();
        }
    }

    @Test
    void restartsInTheMiddleOfAnUpdate() throws Exception {
        try (BmcSimulator bmc = BmcSimulator.start(BmcKind.IDRAC, clock)) {
            bmc.installs("BMC", "2", Duration.ofSeconds(100));
            bmc.restartsDuringUpdates(Duration.ofSeconds(10), Duration.ofSeconds(10));
            session(bmc, "calvin");
            send(bmc, "POST", "/redfish/v1/UpdateService/Actions/UpdateService.SimpleUpdate", "{}", "calvin");
            assertThat(bmc.openSessions()).isOne();

            clock.pass(Duration.ofSeconds(50));
            bmc.settle();
            assertThat(bmc.openSessions()).isZero();
            assertThat(catchThrowable(() -> basic(bmc, "calvin")))
                    .isInstanceOf(ConnectException.class);
            clock.pass(Duration.ofSeconds(10));
            bmc.settle();
            assertThat(basic(bmc, "calvin")).isEqualTo(503);
            clock.pass(Duration.ofSeconds(10));
            assertThat(basic(bmc, "calvin")).isEqualTo(200);
            assertThat(bmc.document("/redfish/v1/UpdateService/FirmwareInventory/BMC").path("Version").asText()).isEqualTo("7.10.30.00");
            clock.pass(Duration.ofSeconds(30));
            assertThat(bmc.document("/redfish/v1/UpdateService/FirmwareInventory/BMC").path("Version").asText()).isEqualTo("2");
        }
    }

    @Test
    void followsTheTimeOfTheMachineOnItsOwn() throws Exception {
        try (BmcSimulator bmc = BmcSimulator.start(BmcKind.IDRAC)) {
            bmc.installs("BMC", "2", Duration.ofMillis(400));
            bmc.restartsDuringUpdates(Duration.ofMillis(10), Duration.ZERO);
            session(bmc, "calvin");
            send(bmc, "POST", "/redfish/v1/UpdateService/Actions/UpdateService.SimpleUpdate", "{}", "calvin");

            Await.until("the session is lost", () -> bmc.openSessions() == 0);
            Await.until("the BMC is back", () -> catchThrowable(() -> basic(bmc, "calvin")) == null);
        }
    }

    private static int basic(BmcSimulator bmc, String password) throws Exception {
        return send(bmc, "GET", "/redfish/v1/Systems/", null, password);
    }

    private static int session(BmcSimulator bmc, String password) throws Exception {
        return send(
                bmc, "POST", "/redfish/v1/SessionService/Sessions", "{\"UserName\":\"root\",\"Password\":\"" + password + "\"}", null);
    }

    private static int send(BmcSimulator bmc, String method, String path, String body, String password) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(bmc.url() + path))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (password != null) {
            String pair = Base64.getEncoder().encodeToString(("root:" + password).getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + pair);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
