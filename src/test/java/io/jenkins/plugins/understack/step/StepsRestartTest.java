package io.jenkins.plugins.understack.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.model.Result;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.NautobotConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.credentials.StandardPasswordProvider;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class StepsRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /**
     * What reads is asked again; of what writes nobody knows what became of it, so the build fails and says so. Who waits for one of them
     * is told that it goes on.
     */
    @Test
    void queriesSurviveARestartOfTheController() throws Throwable {
        try (NautobotSimulator nautobot = NautobotSimulator.start("token")) {
            nautobot.device("server-1", Map.of("serial", "S-1"));
            nautobot.address("server-1", "iDRAC", "10.1.2.3");
            AtomicReference<CompletableFuture<CLICommandInvoker.Result>> waiting = new AtomicReference<>();
            AtomicReference<CompletableFuture<HttpResponse<String>>> asking = new AtomicReference<>();
            sessions.then(r -> {
                Events.secretText("nautobot-token", "token");
                UnderstackConfiguration.get().setNautobot(new NautobotConfig(nautobot.url(), "nautobot-token"));
                WorkflowJob reads = job(r, "reads", "echo \"serial ${getDevice(hostname: 'server-1').serial}\"");
                started(nautobot, () -> waiting.set(CompletableFuture.supplyAsync(
                        () -> new CLICommandInvoker(r, "submit-workflow").invokeWithArgs("reads", "--wait"))));
                WorkflowJob writes = job(r, "writes", "nautobotQuery(method: 'POST', uri: '/dcim/devices/', body: [name: 'x'])");
                started(nautobot, () -> writes.scheduleBuild2(0).waitForStart());
                ObmStepsTest.configure(ObmStepsTest.rule(null, new StandardPasswordProvider("bmc-master")));
                Events.secretText("bmc-master", "new secret string");
                WorkflowJob logins = job(r, "logins", "echo \"has ${getObmCreds(hostname: 'server-1')}\"");
                started(nautobot, () -> logins.scheduleBuild2(0).waitForStart());
                URI get = r.getURL().toURI().resolve("manage/understack-events/api/workflows/get?name=reads%231&wait=60");
                asking.set(HttpClient.newHttpClient()
                        .sendAsync(HttpRequest.newBuilder(get).build(), HttpResponse.BodyHandlers.ofString()));
                Await.until(StepsRestartTest::waitingRequests, count -> count == 1);
                assertThat(waiting.get()).isNotDone();
                assertThat(asking.get()).isNotDone();
                assertThat(reads.getLastBuild().isBuilding()).isTrue();
            });
            CLICommandInvoker.Result told = waiting.get().get(1, TimeUnit.MINUTES);
            assertThat(told.returnCode()).as(told.toString()).isEqualTo(17);
            assertThat(told.stderr()).contains("Jenkins is going down; reads goes on when it is back. See it then with: get-workflow reads");
            // Jenkins' server is the first to go, and cuts connections.
            assertThat(asking.get()).failsWithin(Duration.ofMinutes(1)).withThrowableThat().withCauseInstanceOf(IOException.class);
            sessions.then(r -> {
                r.assertLogContains("serial S-1", r.assertBuildStatusSuccess(ended(r, "reads")));
                r.assertBuildStatus(Result.FAILURE, ended(r, "writes"));
                r.assertLogContains("has understack-obm-", r.assertBuildStatusSuccess(ended(r, "logins")));
                assertThat(r.jenkins.getRootDir().toPath().resolve("understack/obm")).isEmptyDirectory();
            });
            assertThat(nautobot.requests()).filteredOn(request -> request.startsWith("GET /api/ipam/")).hasSize(2);
            assertThat(nautobot.requests()).filteredOn(request -> !request.startsWith("GET /api/ipam/"))
                    .containsExactlyInAnyOrder(
                            "GET /api/dcim/devices/?name=server-1",
                            "POST /api/dcim/devices/",
                            "GET /api/dcim/devices/?name=server-1");
        }
    }

    /** Threads of Jenkins' server that wait for the end of a build. */
    private static long waitingRequests() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Stream.of(stack).anyMatch(frame -> frame.getClassName().endsWith(".WorkflowsApi"))
                        && Stream.of(stack).anyMatch(frame -> frame.getMethodName().equals("awaitChange")))
                .count();
    }

    private interface Action {
        void run() throws Exception;
    }

    private static WorkflowJob job(JenkinsRule r, String name, String script) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** Returns when a build has asked Nautobot, which does not answer. */
    private static void started(NautobotSimulator nautobot, Action start) throws Exception {
        int before = nautobot.requests().size();
        nautobot.faults().hang();
        start.run();
        Await.until(() -> nautobot.requests().size(), count -> count > before);
    }

    private static WorkflowRun ended(JenkinsRule r, String name) throws Exception {
        return r.waitForCompletion(r.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild());
    }
}
