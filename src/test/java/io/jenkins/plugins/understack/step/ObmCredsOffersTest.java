package io.jenkins.plugins.understack.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.Permission;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.DeviceMatchConfig;
import io.jenkins.plugins.understack.credentials.JenkinsCredentialProvider;
import io.jenkins.plugins.understack.credentials.ObmPermissions;
import io.jenkins.plugins.understack.credentials.StandardPasswordProvider;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Of S25: a job gives a value only to those who may see it, and everybody knows to whom. One controller for all of it. */
@WithJenkins
class ObmCredsOffersTest {
    private static final String PASSWORD = "M5CacBLC/4eVuaTmoH8v";

    private JenkinsRule r;
    private WorkflowRun run;
    private LogRecorder log;

    @AfterEach
    void stop() {
        ObmCredsOffers.clock = Clock.systemUTC();
    }

    @Test
    void isShownToThoseWhoMayUntilTheTimeIsOver(JenkinsRule rule) throws Exception {
        r = rule;
        configure();
        try (LogRecorder recorder = new LogRecorder().record(ObmCredsOffers.class, Level.INFO).capture(100)) {
            log = recorder;
            wrongArguments();
            run = build(
                    "bmc-password",
                    """
                    pipeline {
                        agent none
                        stages {
                            stage('offer') {
                                steps {
                                    offerObmCreds(ip: '1.2.3.4')
                                    offerObmCreds(hostname: 'lab-1\\nadmin was shown everything')
                                }
                            }
                        }
                    }
                    """,
                    Result.SUCCESS);
            r.assertLogContains("offerObmCreds: BMC of 1.2.3.4: for those who may be shown it, at job/bmc-password/1/obm-credentials", run);
            r.assertLogContains("until 15 minutes after the end of this build", run);

            othersAreRefused();
            whoMayIsShownIt();
            refusalsForWhoMay();
            isOver();
            assertThat(whereThePasswordIs()).isEmpty();
        }
        snippet();
    }

    private void configure() throws Exception {
        Events.secretText("bmc-master", "new secret string");
        DeviceMatchConfig lab = new DeviceMatchConfig();
        lab.setNames(List.of("^lab-"));
        ObmStepsTest.configure(
                ObmStepsTest.rule(lab, new JenkinsCredentialProvider("obm-{name}")),
                ObmStepsTest.rule(null, new StandardPasswordProvider("bmc-master")));
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(rights());
    }

    private static MockAuthorizationStrategy rights() {
        Permission[] builder = {Jenkins.READ, Item.READ, Item.BUILD, Item.CONFIGURE, Item.CREATE, Item.CANCEL, Run.UPDATE, Run.DELETE};
        return new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Item.READ, ObmPermissions.SHOW).everywhere().to("operator")
                .grant(builder).everywhere().to("builder")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ, Item.READ).everywhere().to("reader")
                .grant(Jenkins.READ, ObmPermissions.SHOW).everywhere().to("stranger");
    }

    /** Before anything is offered. */
    private void wrongArguments() throws Exception {
        for (String[] wrong : new String[][] {
            {"offerObmCreds()", "offerObmCreds: hostname: is empty; expected hostname, deviceId or ip"},
            {"offerObmCreds(ip: '')", "offerObmCreds: hostname: is empty"},
            {"offerObmCreds(ip: 'elephants')", "offerObmCreds: ip: \"elephants\" is no IP address"},
            {"offerObmCreds(ip: '1.2.3.4', minutes: 1441)", "offerObmCreds: minutes: 1441; expected 0 to 1440"},
            {"offerObmCreds(ip: '1.2.3.4', minutes: -1)", "offerObmCreds: minutes: -1; expected 0 to 1440"},
        }) {
            WorkflowRun refused = build("wrong-" + r.jenkins.getItems().size(), wrong[0], Result.FAILURE);
            r.assertLogContains(wrong[1], refused);
            assertThat(refused.getAction(ObmCredsOffers.class)).isNull();
        }
    }

    private void othersAreRefused() throws Exception {
        for (String user : List.of("builder", "reader")) {
            JenkinsRule.WebClient client = client().login(user);
            assertThat(client.goTo(run.getUrl()).getWebResponse().getContentAsString()).doesNotContain("obm-credentials");
            assertThat(client.goTo(run.getUrl() + "obm-credentials/").getWebResponse().getStatusCode()).as(user).isEqualTo(403);
            assertRefused(client, 403);
            assertThat(log.getMessages().get(log.getMessages().size() - 1))
                    .isEqualTo(user + " was refused the credentials that bmc-password #1 offers: has no permission ShowObmCredentials");
        }
        assertRefused(client().login("stranger"), 404);
        r.jenkins.setAuthorizationStrategy(rights().grant(Jenkins.READ, Item.READ).everywhere().toEveryone());
        // Not by a browser: it would follow to the page where one logs in.
        HttpRequest anonymous = HttpRequest.newBuilder(URI.create(r.getURL() + run.getUrl() + "obm-credentials/show?offer=0")).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(anonymous, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain(PASSWORD);
        assertThat(log.getMessages()).last().asString().startsWith("anonymous was refused the credentials");
        r.jenkins.setAuthorizationStrategy(rights());
        assertThat(log.getMessages()).noneMatch(line -> line.contains("was shown"));
    }

    private void assertRefused(JenkinsRule.WebClient client, int status) throws Exception {
        Page page = post(client, 0);
        assertThat(page.getWebResponse().getStatusCode()).isEqualTo(status);
        assertThat(page.getWebResponse().getContentAsString()).doesNotContain(PASSWORD);
    }

    private void whoMayIsShownIt() throws Exception {
        for (String user : List.of("operator", "admin")) {
            // Scripts of Jenkins put the crumb into the form.
            JenkinsRule.WebClient client = client().withJavaScriptEnabled(true).login(user);
            assertThat(client.goTo(run.getUrl()).getWebResponse().getContentAsString()).contains("obm-credentials");
            HtmlPage page = client.goTo(run.getUrl() + "obm-credentials/");
            assertThat(page.getWebResponse().getContentAsString()).contains("BMC of 1.2.3.4").doesNotContain(PASSWORD);

            HtmlPage shown = r.submit(page.getFormByName("show-0"), "show");

            assertThat(shown.getWebResponse().getContentAsString()).contains("BMC of 1.2.3.4", ">root<", PASSWORD);
            assertThat(shown.getWebResponse().getResponseHeaderValue("Cache-Control")).contains("no-store");
            assertThat(log.getMessages()).last().isEqualTo(user + " was shown the credentials of BMC of 1.2.3.4, offered by bmc-password #1");
            assertThat(client.goTo(run.getUrl() + "obm-credentials/").getWebResponse().getContentAsString()).doesNotContain(PASSWORD);
        }
        assertThat(ObmPermissions.SHOW.impliedBy).isEqualTo(Jenkins.ADMINISTER);
        assertThat(log.getMessages()).noneMatch(line -> line.contains(PASSWORD));
    }

    private void refusalsForWhoMay() throws Exception {
        JenkinsRule.WebClient client = client().login("operator");
        int lines = log.getMessages().size();
        URL show = new URL(r.getURL() + run.getUrl() + "obm-credentials/show?offer=0");
        Page got = client.getPage(new WebRequest(show, HttpMethod.GET));
        assertThat(got.getWebResponse().getStatusCode()).isEqualTo(405);
        Page crumbless = client.getPage(new WebRequest(show, HttpMethod.POST));
        assertThat(crumbless.getWebResponse().getStatusCode()).isEqualTo(403);
        for (String none : List.of("2", "-1", "x", "")) {
            assertThat(client.getPage(client.addCrumb(request(none))).getWebResponse().getStatusCode()).as(none).isEqualTo(404);
        }
        assertThat(Stream.of(got, crumbless).map(page -> page.getWebResponse().getContentAsString())).noneMatch(text -> text.contains(PASSWORD));
        assertThat(log.getMessages()).hasSize(lines);

        // The second has no value, and a name that looks like another line.
        Page unknown = post(client, 1);
        assertThat(unknown.getWebResponse().getStatusCode()).isEqualTo(409);
        assertThat(unknown.getWebResponse().getContentAsString()).contains("cannot be looked up, since no Nautobot is configured");
        assertThat(log.getMessages()).last().asString()
                .startsWith("operator was refused the credentials of BMC of lab-1 admin was shown everything, offered by bmc-password #1: offerObmCreds: ")
                .doesNotContain("\n");
        try (ACLContext ignored = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertThat(run.getAction(ObmCredsOffers.class).getIconFileName()).isNull();
        }
    }

    private void isOver() throws Exception {
        Instant end = Instant.ofEpochMilli(run.getStartTimeInMillis() + run.getDuration());
        JenkinsRule.WebClient client = client().login("operator");
        at(end.plus(Duration.ofMinutes(14)));
        assertThat(post(client, 0).getWebResponse().getContentAsString()).contains(PASSWORD);
        at(end.plus(Duration.ofMinutes(15)).plusSeconds(1));
        assertRefused(client, 410);
        assertThat(log.getMessages()).last().asString()
                .startsWith("operator was refused the credentials of BMC of 1.2.3.4, offered by bmc-password #1: it was over at ");
        assertThat(client.goTo(run.getUrl() + "obm-credentials/").getWebResponse().getContentAsString()).doesNotContain("name=\"show-0\"");

        // As long as it runs, and no longer.
        at(end.plus(Duration.ofDays(1)));
        WorkflowJob job = r.createProject(WorkflowJob.class, "short");
        job.setDefinition(new CpsFlowDefinition("offerObmCreds(ip: '1.2.3.4', minutes: 0)\nsleep 600", true));
        run = job.scheduleBuild2(0).waitForStart();
        r.waitForMessage("Sleeping for", run);
        assertThat(post(client, 0).getWebResponse().getContentAsString()).contains(PASSWORD);
        run.doStop();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(run));
        assertRefused(client, 410);
    }

    private static void at(Instant now) {
        ObmCredsOffers.clock = Clock.fixed(now, ZoneOffset.UTC);
    }

    private void snippet() throws Exception {
        OfferObmCredsStep step = new OfferObmCredsStep();
        step.setIp("1.2.3.4");
        SnippetizerTester tester = new SnippetizerTester(r);
        tester.assertRoundTrip(step, "offerObmCreds ip: '1.2.3.4'");
        step.setMinutes(0);
        tester.assertRoundTrip(step, "offerObmCreds ip: '1.2.3.4', minutes: 0");
    }

    /** Everything on the controller, and what Jenkins logs itself. */
    private List<String> whereThePasswordIs() throws Exception {
        r.waitUntilNoActivity();
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(r.jenkins.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.exists(file) && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(PASSWORD)) {
                    found.add(file.toString());
                }
            }
        }
        assertThat(Files.readString(run.getRootDir().toPath().resolve("build.xml"))).contains("ObmCredsOffers", "1.2.3.4");
        Jenkins.logRecords.stream()
                .filter(record -> (record.getMessage() + List.of(record.getParameters() == null ? new Object[0] : record.getParameters())).contains(PASSWORD))
                .forEach(record -> found.add(record.getLoggerName()));
        return found;
    }

    private JenkinsRule.WebClient client() {
        return r.createWebClient().withThrowExceptionOnFailingStatusCode(false).withJavaScriptEnabled(false);
    }

    private Page post(JenkinsRule.WebClient client, int offer) throws Exception {
        return client.getPage(client.addCrumb(request(String.valueOf(offer))));
    }

    private WebRequest request(String offer) throws Exception {
        return new WebRequest(new URL(r.getURL() + run.getUrl() + "obm-credentials/show?offer=" + offer), HttpMethod.POST);
    }

    private WorkflowRun build(String name, String script, Result expected) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return r.assertBuildStatus(expected, job.scheduleBuild2(0));
    }
}
