package io.jenkins.plugins.understack.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.NautobotConfig;
import io.jenkins.plugins.understack.config.ObmConfig;
import io.jenkins.plugins.understack.config.ObmRuleConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.redfish.TestBmc;
import io.jenkins.plugins.understack.core.redfish.update.TestImages;
import io.jenkins.plugins.understack.credentials.JenkinsCredentialProvider;
import io.jenkins.plugins.understack.credentials.StandardPasswordProvider;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import io.jenkins.plugins.understack.workbench.simulator.BmcSimulator;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import io.jenkins.plugins.understack.workbench.simulator.SelfSigned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller, and what it talks to, which outlives it: two BMCs, Nautobot and a server with an image. */
abstract class BmcStepsFixture {
    static final String STANDARD = "Vbyf7AFhiY2phtD1vcF0";

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path directory;

    final TestBmc.MovedClock clock = new TestBmc.MovedClock();
    BmcSimulator bmc;
    BmcSimulator locked;
    /** Lets the first BMC answer what switches the system. */
    final CountDownLatch switched = new CountDownLatch(1);

    TestImages images;
    NautobotSimulator nautobot;

    @BeforeEach
    void start() throws Exception {
        Turns.pace = wait -> wait.compareTo(Duration.ofMillis(200)) > 0 ? Duration.ofMillis(200) : wait;
        SelfSigned certificate = SelfSigned.in(directory, "ip:127.0.0.1");
        bmc = BmcSimulator.start(BmcKind.IDRAC, clock, certificate.server());
        locked = BmcSimulator.start(BmcKind.ILO, clock, certificate.server());
        images = new TestImages(Files.write(directory.resolve("bios.exe"), new byte[100_000]));
        nautobot = NautobotSimulator.start("token");
        nautobot.device("server-1", Map.of());
        nautobot.address("server-1", "iDRAC", bmc.url());
    }

    @AfterEach
    void stop() {
        Turns.pace = UnaryOperator.identity();
        switched.countDown();
        nautobot.close();
        images.close();
        bmc.close();
        locked.close();
    }

    final void configure() throws Exception {
        Events.secretText("bmc-master", "ultra-secret string");
        Events.secretText("nautobot-token", "token");
        nautobot(30);
        for (String id : List.of("standard", "obm-server-1")) {
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, null, "root", STANDARD));
        }
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "before", null, "root", "once-upon-a-time"));
        SystemCredentialsProvider.getInstance().save();
        ObmConfig obm = new ObmConfig();
        obm.setProviders(List.of(
                new ObmRuleConfig(new JenkinsCredentialProvider("obm-{name}")),
                new ObmRuleConfig(new StandardPasswordProvider("bmc-master"))));
        obm.setInsecureSkipVerify(true);
        UnderstackConfiguration.get().setObm(obm);
    }

    final void nautobot(int timeoutSeconds) {
        NautobotConfig config = new NautobotConfig(nautobot.url(), "nautobot-token");
        config.setTimeoutSeconds(timeoutSeconds);
        UnderstackConfiguration.get().setNautobot(config);
    }

    final String device(BmcSimulator of) {
        return "device: '" + of.url().replace("https://", "") + "'";
    }

    final void pass(Duration duration) throws Exception {
        clock.pass(duration);
        bmc.settle();
    }

    /** All that Jenkins has stored. */
    final void noSecretIn(JenkinsRule r) throws Exception {
        List<String> secrets = new ArrayList<>(List.of(STANDARD, "once-upon-a-time", "nobody-knows", "ultra-secret string"));
        assertThat(bmc.tokens()).isNotEmpty();
        secrets.addAll(bmc.tokens());
        secrets.addAll(locked.tokens());
        JenkinsHome.hasNone(r, secrets);
    }

    final WorkflowRun build(JenkinsRule r, String script, Result expected) throws Exception {
        WorkflowJob job = job(r, "job-" + r.jenkins.getItems().size(), script);
        return r.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    final WorkflowJob job(JenkinsRule r, String name, String script) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script.replace("BMC", device(bmc)), true));
        return job;
    }
}
