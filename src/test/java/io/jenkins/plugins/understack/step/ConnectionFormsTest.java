package io.jenkins.plugins.understack.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.NautobotConfig;
import io.jenkins.plugins.understack.config.OpenstackConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.workbench.simulator.IronicSimulator;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import java.net.URL;
import java.time.Clock;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** <i>Test connection</i> for Nautobot and OpenStack, and what steps may be used with: for whom it is, and what it says. */
@WithJenkins
class ConnectionFormsTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef01234567";
    private static final String SECRET = "s3cr3t-v4lue";

    private final NautobotConfig.DescriptorImpl nautobotForm = new NautobotConfig.DescriptorImpl();
    private final OpenstackConfig.DescriptorImpl openstackForm = new OpenstackConfig.DescriptorImpl();

    @Test
    void administratorsTestConnectionsAndOthersLearnNothing(JenkinsRule r) throws Exception {
        Events.secretText("nautobot-token", TOKEN);
        SystemCredentialsProvider.getInstance().getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "app", null, "app-id", SECRET));
        FreeStyleProject job = r.createFreeStyleProject("job");
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE).everywhere().to("writer")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ, Item.READ, Item.BUILD).everywhere().to("user"));
        try (NautobotSimulator nautobot = NautobotSimulator.start(TOKEN);
                IronicSimulator ironic = IronicSimulator.behindKeystone(Clock.systemUTC(), "app-id", SECRET)) {
            UnderstackConfiguration.get().setNautobot(new NautobotConfig(nautobot.url(), "nautobot-token"));
            OpenstackConfig cloud = new OpenstackConfig();
            cloud.setAuthUrl(ironic.authUrl());
            cloud.setCredentialsId("app");
            UnderstackConfiguration.get().setOpenstack(List.of(cloud));

            try (ACLContext admin = as("admin")) {
                nautobotAnswers(nautobot);
                assertThat(testOpenstack(ironic).renderHtml()).contains("Keystone gives a token").doesNotContain(SECRET);
                assertThat(nautobots(null)).contains("default");
                assertThat(clouds(null)).contains("default");
            }
            try (ACLContext writer = as("writer")) {
                assertThat(clouds(job)).contains("default");
                assertThat(clouds(null)).isEmpty();
            }
            List<String> asked = ironic.requests();
            try (ACLContext user = as("user")) {
                assertThatThrownBy(() -> testNautobot("", nautobot.url())).isInstanceOf(AccessDeniedException3.class);
                assertThatThrownBy(() -> testOpenstack(ironic)).isInstanceOf(AccessDeniedException3.class);
                assertThat(nautobotForm.doCheckUrl("nowhere").kind).isEqualTo(FormValidation.Kind.OK);
                assertThat(nautobots(null)).isEmpty();
                assertThat(clouds(null)).isEmpty();
                assertThat(clouds(job)).isEmpty();
            }
            // Stapler finds nothing that answers a GET.
            String query = "testConnection?name=&credentialsId=app&timeoutSeconds=5&authUrl=" + ironic.authUrl();
            assertThat(status(r, "user", OpenstackConfig.DescriptorImpl.class, query, true)).isEqualTo(403);
            assertThat(status(r, "admin", OpenstackConfig.DescriptorImpl.class, query, false)).isEqualTo(404);
            assertThat(status(r, "admin", OpenstackQueryStep.DescriptorImpl.class, "fillCloudItems", false)).isEqualTo(404);
            assertThat(ironic.requests()).isEqualTo(asked);
            assertThat(nautobot.requests()).containsExactly("GET /api/status/", "GET /api/status/");
        }
    }

    private void nautobotAnswers(NautobotSimulator nautobot) throws Exception {
        assertThat(testNautobot("", nautobot.url()).renderHtml()).contains("Nautobot 2.3.1 answers");
        nautobot.faults().status(503);
        assertThat(testNautobot("lab", nautobot.url()).renderHtml())
                .contains("nautobot lab GET /status/: status 503")
                .doesNotContain(TOKEN);
        assertThat(testNautobot("", "nowhere").renderHtml()).contains("url: is no URL");
        assertThat(nautobotForm.doCheckUrl("nowhere").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(nautobotForm.doCheckCaCertificate("x").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(nautobotForm.doCheckTimeoutSeconds("0").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    private FormValidation testNautobot(String name, String url) throws Exception {
        return nautobotForm.doTestConnection(name, url, "nautobot-token", 5, "", false);
    }

    private FormValidation testOpenstack(IronicSimulator ironic) throws Exception {
        return openstackForm.doTestConnection("", ironic.authUrl(), "app", "", "", "", 5, "", false);
    }

    private static List<String> nautobots(Item item) {
        return new GetDeviceStep.DescriptorImpl().doFillNautobotItems(item);
    }

    private static List<String> clouds(Item item) {
        return new OpenstackQueryStep.DescriptorImpl().doFillCloudItems(item);
    }

    private static ACLContext as(String user) {
        return ACL.as2(User.getById(user, true).impersonate2());
    }

    /** As a browser gets it that sends the form, or follows a link. */
    private static int status(JenkinsRule r, String user, Class<? extends Descriptor<?>> form, String what, boolean post) throws Exception {
        try (JenkinsRule.WebClient client = r.createWebClient().withThrowExceptionOnFailingStatusCode(false).login(user)) {
            String url = "descriptorByName/" + form.getName().replace("$DescriptorImpl", "") + "/" + what;
            return post
                    ? client.getPage(client.addCrumb(new WebRequest(new URL(r.getURL() + url), HttpMethod.POST)))
                            .getWebResponse().getStatusCode()
                    : client.goTo(url, null).getWebResponse().getStatusCode();
        }
    }
}
