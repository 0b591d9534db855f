package io.jenkins.plugins.understack.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.cli.CLICommandInvoker;
import hudson.model.Result;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jenkins' command line, as people know it from argo. */
@WithJenkins
class WorkflowCommandsTest {
    @Test
    void submittedShownRetriedAndStopped(JenkinsRule r) throws Exception {
        Pipelines.check(r);
        WorkflowJob waits = Pipelines.waits(r);
        Pipelines.secure(r);

        CLICommandInvoker.Result good =
                cli(r, "builder", "submit-workflow", "team/check", "-p", "hostname=h=1", "-p", "password=" + Pipelines.SECRET, "--wait");
        assertThat(good.returnCode()).as(good.toString()).isZero();
        assertThat(good.stdout())
                .contains("Name:         team/check#1", "Status:       Succeeded", "Started by:   Started by user builder")
                .contains("  hostname:     h=1", "  password:     ******")
                .doesNotContain(Pipelines.SECRET);
        assertThat(WorkflowView.text(Pipelines.run("team/check#1")).replaceAll(" +\\d\\S*s\\b *", " | "))
                .containsSubsequence(
                        " ✔ team/check#1 | done with h=1",
                        " ├─✔ look up | ",
                        " │ ├─✔ ip | ",
                        " │ │ └─✔ echo one | ",
                        " │ └─✔ creds | ",
                        " │   ├─✖ error tried | tried",
                        " │   └─✔ echo caught | ",
                        " └─✔ withEnv ");

        CLICommandInvoker.Result bad =
                cli(r, "builder", "submit-workflow", "team/check", "-p", "hostname=bad", "-p", "password=" + Pipelines.SECRET, "--timeout", "5m");
        assertThat(bad.returnCode()).as(bad.toString()).isEqualTo(WaitOptions.NOT_SUCCEEDED);
        assertThat(bad.stdout()).contains("Status:       Failed", "Message:      no such device");

        CLICommandInvoker.Result again = cli(r, "builder", "retry-workflow", "team/check#2", "--wait");
        assertThat(again.returnCode()).as(again.toString()).isEqualTo(WaitOptions.NOT_SUCCEEDED);
        assertThat(again.stdout()).contains("Name:         team/check#3", "hostname:     bad", "password:     ******");
        assertThat(cli(r, "builder", "retry-workflow", "team/check#1").stderr()).contains("team/check#1 has succeeded");

        JsonNode json = Json.parse(cli(r, "reader", "get-workflow", "@latest", "--json").stdout());
        assertThat(json.path("name").asText()).isEqualTo("team/check#3");
        assertThat(json.path("status").asText()).isEqualTo("Failed");
        assertThat(json.at("/steps/0/name").asText()).isEqualTo("look up");
        assertThat(json.at("/steps/0/steps/1/steps/0/status").asText()).isEqualTo("Failed");
        assertThat(json.at("/steps/0/status").asText()).isEqualTo("Succeeded");
        assertThat(json.at("/steps/1/steps/0/message").asText()).isEqualTo("no such device");
        assertThat(cli(r, "reader", "get-workflow", "team/check#1").stdout()).contains("Name:         team/check#1", "done with h=1");

        CLICommandInvoker.Result queued = cli(r, "builder", "submit-workflow", "team/waits");
        assertThat(queued.returnCode()).isZero();
        assertThat(queued.stdout()).startsWith("Submitted team/waits (item ");
        Await.until(waits::getLastBuild, build -> build != null);
        CompletableFuture<CLICommandInvoker.Result> waiting = CompletableFuture.supplyAsync(
                () -> cli(r, "builder", "submit-workflow", "team/waits", "--wait"));
        Await.until(() -> waits.getBuildByNumber(2), build -> build != null);
        CLICommandInvoker.Result late = cli(r, "builder", "submit-workflow", "team/waits", "--timeout", "1s");
        assertThat(late.returnCode()).isEqualTo(WaitOptions.NOT_ENDED);
        assertThat(late.stderr()).contains("team/waits#3 has not ended within 1s");
        assertThat(late.stdout()).contains("Status:       Running");
        assertThat(cli(r, "builder", "retry-workflow", "team/waits#1").stderr()).contains("team/waits#1 still runs");
        for (int number = 1; number <= 3; number++) {
            assertThat(cli(r, "canceller", "stop-workflow", "team/waits#" + number).returnCode()).isZero();
        }
        CLICommandInvoker.Result stopped = waiting.get(1, TimeUnit.MINUTES);
        assertThat(stopped.returnCode()).isEqualTo(WaitOptions.NOT_SUCCEEDED);
        assertThat(stopped.stdout()).contains("Name:         team/waits#2", "Status:       Aborted");
        for (WorkflowRun each : waits.getBuilds()) {
            r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(each));
        }
        assertThat(cli(r, "canceller", "stop-workflow", "team/waits#1").stderr()).contains("team/waits#1 has ended");

        CLICommandInvoker.Result list = cli(r, "reader", "list-workflows");
        assertThat(list.stdout()).containsPattern("(?s)NAME +STATUS +AGE +DURATION.*team/waits#3 +Aborted.*team/check#3 +Failed");
        assertThat(cli(r, "reader", "list-workflows", "other").stdout().lines()).hasSize(1);
        rights(r, waits);
        mistakes(r);
    }

    /** Who may not see a workflow is told that there is none. */
    private static void rights(JenkinsRule r, WorkflowJob waits) {
        int builds = waits.getNextBuildNumber();
        for (String[] command : new String[][] {
            {"reader", "6", "submit-workflow", "team/waits"},
            {"canceller", "6", "submit-workflow", "team/waits"},
            {"reader", "6", "retry-workflow", "team/waits#1"},
            {"reader", "6", "stop-workflow", "team/waits#1"},
            {"builder", "6", "stop-workflow", "team/waits#1"},
            {"nobody", "3", "submit-workflow", "team/waits"},
            {"nobody", "3", "get-workflow", "team/waits"},
            {"nobody", "3", "get-workflow", "@latest"},
            {"nobody", "3", "retry-workflow", "team/waits#1"},
            {"nobody", "3", "stop-workflow", "team/waits#1"},
        }) {
            CLICommandInvoker.Result result = cli(r, command[0], command[2], command[3]);
            assertThat(result.returnCode()).as(String.join(" ", command) + result).isEqualTo(Integer.parseInt(command[1]));
        }
        assertThat(cli(r, "nobody", "list-workflows").stdout()).doesNotContain("team");
        assertThat(waits.getNextBuildNumber()).isEqualTo(builds);
    }

    private static void mistakes(JenkinsRule r) {
        for (String[] command : new String[][] {
            {"There is no workflow \"team/nothing\"", "get-workflow", "team/nothing"},
            {"There is no build \"team/check#9\"", "get-workflow", "team/check#9"},
            {"There is no build \"team/check#x\"", "get-workflow", "team/check#x"},
            {"parameters[host]: job \"team/check\" declares no such parameter; expected one of [hostname, password]",
                "submit-workflow", "team/check", "-p", "host=" + Pipelines.SECRET},
            {"--timeout: \"soon\" is no duration", "submit-workflow", "team/check", "--timeout", "soon"},
        }) {
            CLICommandInvoker.Result result = cli(r, "admin", Arrays.copyOfRange(command, 1, command.length));
            assertThat(result.returnCode()).isEqualTo(3);
            assertThat(result.stderr()).contains(command[0]).doesNotContain(Pipelines.SECRET);
        }
    }

    @Test
    void aRetryWorksOnTheSameEvent(JenkinsRule r) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class, "events");
        job.setDefinition(new CpsFlowDefinition("error eventData().data.x", true));
        Understack.get()
                .sensors()
                .put("good", new Sensor("good", new Dependency(Events.SOURCE, Events.EVENT), "events", List.of()).compile());
        Events.send("m-1", "{\"x\": \"of the event\"}");
        Events.awaitBuilds(r);

        CLICommandInvoker.Result again = cli(r, null, "retry-workflow", "events", "--wait");

        assertThat(again.stdout()).contains("Name:         events#2", "Message:      of the event");
    }

    private static CLICommandInvoker.Result cli(JenkinsRule r, String user, String... command) {
        CLICommandInvoker invoker = new CLICommandInvoker(r, command[0]);
        if (user != null) {
            invoker.asUser(user);
        }
        return invoker.invokeWithArgs(Arrays.copyOfRange(command, 1, command.length));
    }
}
