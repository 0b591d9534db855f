package io.jenkins.plugins.understack;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.understack.config.KubernetesConfig;
import io.jenkins.plugins.understack.config.NautobotConfig;
import io.jenkins.plugins.understack.config.ObmConfig;
import io.jenkins.plugins.understack.config.ObmRuleConfig;
import io.jenkins.plugins.understack.config.OpenstackConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.kubernetes.TestCluster;
import io.jenkins.plugins.understack.core.redfish.update.TestImages;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.credentials.JenkinsCredentialProvider;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import io.jenkins.plugins.understack.workbench.simulator.BmcSimulator;
import io.jenkins.plugins.understack.workbench.simulator.IronicSimulator;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import io.jenkins.plugins.understack.workbench.simulator.SelfSigned;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every snippet of the documentation is executed: YAML is loaded, Groovy is built, JSON is sent to the sensors of the example. */
@WithJenkins
class DocsTest {
    private static final Pattern FENCE = Pattern.compile("(?ms)^( *)```(\\w+)\\n(.*?)^ *```$");

    @TempDir
    private Path temp;

    private record Snippet(Path file, String language, String text) {}

    @Test
    void yamlIsConfigurationThatJenkinsTakes(JenkinsRule r) throws Exception {
        List<Snippet> snippets = snippets("yaml");
        assertThat(snippets).hasSizeGreaterThanOrEqualTo(2);
        for (Snippet snippet : snippets) {
            // What a file does not mention stays as it was, also in Configuration as Code.
            UnderstackConfiguration.get().setSensors(null);
            jobs(snippet.text);
            load(snippet.text);
            assertThat(UnderstackConfiguration.get().toCore().eventSources()).as(snippet.toString()).isNotEmpty();
        }
    }

    @Test
    void groovyIsAPipelineThatSucceeds(JenkinsRule r) throws Exception {
        SelfSigned certificate = SelfSigned.in(temp, "ip:127.0.0.1");
        try (NautobotSimulator nautobot = NautobotSimulator.start("token");
                BmcSimulator bmc = BmcSimulator.start(BmcKind.IDRAC, Clock.systemUTC(), certificate.server());
                TestImages images = new TestImages(Files.writeString(temp.resolve("bios.exe"), "image"));
                IronicSimulator ironic = IronicSimulator.alone(Clock.systemUTC());
                TestCluster cluster = new TestCluster()) {
            ironic.node("Dell-33GSW04", "manageable");
            ironic.takes(Duration.ZERO);
            OpenstackConfig cloud = new OpenstackConfig();
            cloud.setEndpoints("baremetal: " + ironic.url());
            UnderstackConfiguration.get().setOpenstack(List.of(cloud));
            cluster(r, cluster);
            nautobot.device("server-1", Map.of("serial", "S-1"));
            nautobot.address("server-1", "iDRAC", bmc.url());
            nautobot.graphql((query, variables) -> Map.of("devices", List.of(Map.of("name", "server-1"))));
            Events.secretText("nautobot-token", "token");
            UnderstackConfiguration.get().setNautobot(new NautobotConfig(nautobot.url(), "nautobot-token"));
            bmc.account("root", "v4lue-of-bmc");
            bmc.installs("BIOS", "2.0.0", Duration.ofSeconds(1));
            ObmConfig obm = new ObmConfig();
            obm.setCaCertificate(certificate.pem());
            obm.setProviders(List.of(new ObmRuleConfig(new JenkinsCredentialProvider("bmc"))));
            UnderstackConfiguration.get().setObm(obm);
            List<Snippet> snippets = snippets("groovy");
            assertThat(snippets).hasSizeGreaterThanOrEqualTo(5);
            for (Snippet snippet : snippets) {
                WorkflowJob job = r.createProject(WorkflowJob.class);
                job.addProperty(new ParametersDefinitionProperty(
                        new StringParameterDefinition("hostname", "server-1"),
                        new StringParameterDefinition("ip_address", "10.3.2.30"),
                        new StringParameterDefinition("image", images.url("/bios.exe")),
                        new StringParameterDefinition("sha256", images.sha256())));
                job.setDefinition(new CpsFlowDefinition(snippet.text, true));
                r.assertBuildStatusSuccess(job.scheduleBuild2(0));
                boolean trigger = snippet.text.contains("onEvent");
                assertThat(job.getTriggers()).as(snippet.toString()).hasSize(trigger ? 1 : 0);
            }
        }
    }

    private static void cluster(JenkinsRule r, TestCluster cluster) throws Exception {
        KubernetesCloud cloud = new KubernetesCloud("lab");
        cloud.setServerUrl(cluster.url());
        cloud.setNamespace(TestCluster.NAMESPACE);
        r.jenkins.clouds.add(cloud);
        KubernetesConfig config = new KubernetesConfig();
        config.setCloud("lab");
        UnderstackConfiguration.get().setKubernetes(config);
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "bmc", null, "root", "v4lue-of-bmc"));
    }

    @Test
    void jsonStartsTheJobOfTheExample(JenkinsRule r) throws Exception {
        String example = Files.readString(Path.of("docs/examples/understack.yaml"));
        jobs(example);
        load(example);
        EventSource ironic = UnderstackConfiguration.get().toCore().eventSources().get(0);
        for (Snippet snippet : snippets("json")) {
            if (snippet.text.contains("oslo.message")) {
                List<Decision> decisions = Understack.get()
                        .dispatcher()
                        .decide(ironic.read("openstack", snippet.text.getBytes(StandardCharsets.UTF_8), Clock.systemUTC()));
                assertThat(decisions).as(snippet.toString()).extracting(Decision::verdict).contains(Decision.Verdict.MATCH);
            }
        }
    }

    /** Sensors are refused where their jobs are not there; a Pipeline that never ran may have any parameters. */
    private static void jobs(String yaml) throws Exception {
        Matcher job = Pattern.compile("(?m)^ *job: *(\\S+)").matcher(yaml);
        while (job.find()) {
            if (Jenkins.get().getItemByFullName(job.group(1)) == null) {
                Jenkins.get().createProject(WorkflowJob.class, job.group(1));
            }
        }
    }

    private void load(String yaml) throws Exception {
        // Nobody is called from a test.
        String local = yaml.replaceAll("rabbitmq\\.example\\.com:\\d+", "127.0.0.1:1");
        ConfigurationAsCode.get().configure(Files.writeString(temp.resolve("jenkins.yaml"), local).toString());
    }

    private static List<Snippet> snippets(String language) throws Exception {
        List<Path> files;
        try (Stream<Path> docs = Stream.concat(Files.list(Path.of("docs")), Stream.of(Path.of("README.md")))) {
            files = docs.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
        List<Snippet> snippets = new ArrayList<>();
        for (Path file : files) {
            Matcher fence = FENCE.matcher(Files.readString(file));
            while (fence.find()) {
                if (fence.group(2).equals(language)) {
                    snippets.add(new Snippet(file, language, fence.group(3).replaceAll("(?m)^" + fence.group(1), "")));
                }
            }
        }
        return snippets;
    }
}
