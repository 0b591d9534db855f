package io.jenkins.plugins.understack.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.DeviceMatchConfig;
import io.jenkins.plugins.understack.config.ObmConfig;
import io.jenkins.plugins.understack.config.ObmRuleConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmCredentialException;
import io.jenkins.plugins.understack.core.obm.ObmDevice;
import io.jenkins.plugins.understack.credentials.JenkinsCredentialProvider;
import io.jenkins.plugins.understack.credentials.ObmCredentialProvider;
import io.jenkins.plugins.understack.credentials.StandardPasswordProvider;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

@WithJenkins
class ObmStepsTest {
    private JenkinsRule r;

    /** S25, and what surrounds it. One controller for all of it. */
    @Test
    void referencesAndBlocks(JenkinsRule rule) throws Exception {
        r = rule;
        r.assertLogContains("getObmCreds: no providers are configured", build("getObmCreds(ip: '1.2.3.4')", Result.FAILURE));
        Events.secretText("bmc-master", "new secret string\n");
        Events.secretText("empty-key", " ");
        login("obm-lab-1", "admin", "calvin-of-lab-1");
        DeviceMatchConfig lab = new DeviceMatchConfig();
        lab.setNames(List.of("^lab-"));
        configure(rule(lab, new JenkinsCredentialProvider("obm-{name}")), rule(null, new StandardPasswordProvider("bmc-master")));

        WorkflowRun scripted = build(
                """
                def ref = getObmCreds(ip: '1.2.3.4')
                echo "reference ${ref}"
                withObmCreds(credentials: ref) {
                    echo "${env.OBM_USERNAME} has [${env.OBM_PASSWORD}], backwards ${env.OBM_PASSWORD.reverse()}"
                }
                withObmCreds(hostname: 'lab-1', usernameVariable: 'LAB_USER', passwordVariable: 'LAB_PASSWORD') {
                    echo "${env.LAB_USER} has ${env.LAB_PASSWORD.length()} characters, and here is none: ${env.OBM_PASSWORD}"
                }
                withCredentials([usernamePassword(credentialsId: ref, usernameVariable: 'U', passwordVariable: 'P')]) {
                    echo "again ${U} has ${P.reverse()}"
                }
                withCredentials([usernameColonPassword(credentialsId: ref, variable: 'UP')]) {
                    echo "both ${UP.reverse()}"
                }
                echo "outside ${env.OBM_PASSWORD}"
                """,
                Result.SUCCESS);
        String backwards = new StringBuilder("M5CacBLC/4eVuaTmoH8v").reverse().toString();
        r.assertLogContains("root has [****], backwards " + backwards, scripted);
        r.assertLogContains("admin has 15 characters, and here is none: null", scripted);
        r.assertLogContains("again root has " + backwards, scripted);
        r.assertLogContains("both " + backwards + ":toor", scripted);
        r.assertLogContains("outside null", scripted);

        WorkflowRun library = build(
                """
                @Library('understack') _
                def ref = getObmCreds(ip: '1.2.3.4')
                echo "the library's ${ref}"
                withObmCreds(credentials: ref) { echo "has [${env.OBM_PASSWORD}]" }
                """,
                Result.SUCCESS);
        r.assertLogContains("the library's understack-obm-", library);
        r.assertLogContains("has [****]", library);

        WorkflowRun declarative = build(
                """
                pipeline {
                    agent none
                    stages {
                        stage('one') {
                            steps {
                                getObmCreds(hostname: 'lab-1')
                                withObmCreds(hostname: 'lab-1') {
                                    echo "${env.OBM_USERNAME} has ${env.OBM_PASSWORD}"
                                }
                            }
                        }
                    }
                }
                """,
                Result.SUCCESS);
        r.assertLogContains("admin has ****", declarative);

        for (String[] wrong : new String[][] {
            {"getObmCreds()", "getObmCreds: hostname: is empty; expected hostname, deviceId or ip"},
            {"getObmCreds(ip: '')", "getObmCreds: hostname: is empty"},
            {"getObmCreds(ip: 'elephants')", "getObmCreds: ip: \"elephants\" is no IP address"},
            {"@Library('understack') _\ngetObmCreds(ip: '')", "getObmCreds: hostname: is empty"},
            {"@Library('understack') _\ngetObmCreds(ip: 'elephants')", "getObmCreds: ip: \"elephants\" is no IP address"},
            {"getObmCreds(hostname: 'a', deviceId: 'b')", "getObmCreds: deviceId: is given together with a hostname"},
            {"getObmCreds(hostname: 'server-1')", "the address of its BMC cannot be looked up, since no Nautobot is configured"},
            {"withObmCreds(credentials: 'nothing') {}", "withObmCreds: credentials: \"nothing\" is no credential that this build may use"},
            {"withObmCreds(credentials: 'x', ip: '1.2.3.4') {}", "withObmCreds: credentials is given together with a device"},
            {"withObmCreds(ip: '1.2.3.4', passwordVariable: 'A-B') {}", "withObmCreds: passwordVariable: \"A-B\" is no name of a variable"},
        }) {
            WorkflowRun run = build(wrong[0], Result.FAILURE);
            r.assertLogContains(wrong[1], run);
            r.assertLogNotContains("\tat ", run);
        }
        configure(rule(null, new StandardPasswordProvider("empty-key")));
        for (String line : List.of("", "@Library('understack') _\n")) {
            r.assertLogContains(
                    "credential \"empty-key\", masterKey: is empty", build(line + "getObmCreds(ip: '1.2.3.4')", Result.FAILURE));
        }
        configure(rule(null, new StandardPasswordProvider("no-such-key")));
        r.assertLogContains(
                "masterKeyCredentialsId: credential \"no-such-key\" does not exist",
                build("withObmCreds(ip: '1.2.3.4') {}", Result.FAILURE));

        configure(rule(null, new OfTheSite("vault")));
        r.assertLogContains("vault-user has ****", build("withObmCreds(hostname: 'h1') { echo \"${env.OBM_USERNAME} has ${env.OBM_PASSWORD}\" }", Result.SUCCESS));
        r.assertLogContains("getObmCreds: device h2: the vault is sealed", build("getObmCreds(hostname: 'h2')", Result.FAILURE));
        // An error that is no exception, in a thread that nobody waits for.
        WorkflowRun broken = build("obmSyncCreds(device: '127.0.0.1:1', hostname: 'h3')", Result.FAILURE);
        r.assertLogContains("obmSyncCreds: failed: NoClassDefFoundError; the log of Jenkins has the details", broken);
        r.configRoundtrip();
        r.assertLogContains("understack-obm-", build("echo getObmCreds(hostname: 'h1')", Result.SUCCESS));

        formAndSnippetKeepEveryField();
        snippetsOfBmcSteps();
    }

    /** What a site writes in a plugin of its own. */
    public static final class OfTheSite extends ObmCredentialProvider {
        private final String path;

        @DataBoundConstructor
        public OfTheSite(String path) {
            this.path = path;
        }

        public String getPath() {
            return path;
        }

        @Override
        public Optional<ObmCredential> find(ObmDevice device, Run<?, ?> run) throws ObmCredentialException, InterruptedException {
            if (device.name().orElseThrow().equals("h3")) {
                throw new NoClassDefFoundError("a library of the site");
            }
            if (!device.name().orElseThrow().equals("h1")) {
                throw new ObmCredentialException(device + ": the " + path + " is sealed");
            }
            return Optional.of(new ObmCredential(path + "-user", "from-" + path));
        }

        @TestExtension
        public static final class DescriptorImpl extends Descriptor<ObmCredentialProvider> {}
    }

    private void formAndSnippetKeepEveryField() throws Exception {
        GetObmCredsStep get = new GetObmCredsStep();
        get.setHostname("lab-1");
        get.setDeviceId("uuid");
        get.setIp("1.2.3.4");
        r.assertEqualDataBoundBeans(get, new StepConfigTester(r).configRoundTrip(get));
        WithObmCredsStep with = new WithObmCredsStep();
        with.setCredentials("ref");
        with.setUsernameVariable("U");
        with.setPasswordVariable("P");
        WithObmCredsStep after = new StepConfigTester(r).configRoundTrip(with);
        assertThat(List.of(after.getCredentials(), after.getUsernameVariable(), after.getPasswordVariable())).containsExactly("ref", "U", "P");

        SnippetizerTester snippets = new SnippetizerTester(r);
        snippets.assertRoundTrip(get, "getObmCreds deviceId: 'uuid', hostname: 'lab-1', ip: '1.2.3.4'");
        snippets.assertRoundTrip(
                with, "withObmCreds(credentials: 'ref', passwordVariable: 'P', usernameVariable: 'U') {\n    // some block\n}");
        snippets.assertRoundTrip(new WithObmCredsStep(), "withObmCreds {\n    // some block\n}");
    }

    /** Of the steps that talk to BMCs. */
    private void snippetsOfBmcSteps() throws Exception {
        ObmSyncCredsStep sync = new ObmSyncCredsStep();
        sync.setDevice("10.1.2.3:8443");
        sync.setCredentials("standard");
        sync.setOldCredentials("before");
        sync.setDryRun(true);
        SnippetizerTester tester = new SnippetizerTester(r);
        tester.assertRoundTrip(sync, "obmSyncCreds credentials: 'standard', device: '10.1.2.3:8443', dryRun: true, oldCredentials: 'before'");
        ObmPowerStep power = new ObmPowerStep("ForceRestart");
        power.setHostname("h1");
        power.setTimeoutMinutes(3);
        tester.assertRoundTrip(power, "obmPower hostname: 'h1', power: 'ForceRestart', timeoutMinutes: 3");
        ObmBootOnceStep boot = new ObmBootOnceStep("Pxe");
        boot.setIp("10.1.2.3");
        boot.setMode("UEFI");
        tester.assertRoundTrip(boot, "obmBootOnce ip: '10.1.2.3', mode: 'UEFI', target: 'Pxe'");
        ObmInventoryStep inventory = new ObmInventoryStep();
        inventory.setHostname("h1");
        tester.assertRoundTrip(inventory, "obmInventory hostname: 'h1'");
        ObmBiosSettingsStep bios = new ObmBiosSettingsStep("{\"SecureBoot\": \"Disabled\"}");
        bios.setHostname("h1");
        bios.setReboot(true);
        tester.assertRoundTrip(bios, "obmBiosSettings hostname: 'h1', reboot: true, settings: '{\"SecureBoot\": \"Disabled\"}'");
        ObmBmcSettingsStep settings = new ObmBmcSettingsStep();
        settings.setIp("10.1.2.3");
        settings.setBmcHostname("Dell-1");
        settings.setSettings("{\"Time.1.Timezone\": \"UTC\"}");
        tester.assertRoundTrip(
                settings, "obmBmcSettings bmcHostname: 'Dell-1', ip: '10.1.2.3', settings: '{\"Time.1.Timezone\": \"UTC\"}'");
        ObmFirmwareUpdateStep update = new ObmFirmwareUpdateStep("https://images/bios.exe", "0".repeat(64));
        update.setDeviceId("d1");
        tester.assertRoundTrip(
                update, "obmFirmwareUpdate deviceId: 'd1', sha256: '" + "0".repeat(64) + "', url: 'https://images/bios.exe'");
        // Help that the steps share.
        for (String help : List.of("ObmInventoryStep/help/timeoutMinutes", "OfferObmCredsStep/help/ip")) {
            String page = "descriptor/io.jenkins.plugins.understack.step." + help;
            assertThat(r.createWebClient().goTo(page).getWebResponse().getContentAsString()).contains("<p>");
        }
    }

    static void configure(ObmRuleConfig... rules) {
        ObmConfig obm = new ObmConfig();
        obm.setProviders(List.of(rules));
        UnderstackConfiguration.get().setObm(obm);
    }

    static ObmRuleConfig rule(DeviceMatchConfig matches, ObmCredentialProvider provider) {
        ObmRuleConfig rule = new ObmRuleConfig(provider);
        rule.setMatches(matches);
        return rule;
    }

    private static void login(String id, String user, String password) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, null, user, password));
        SystemCredentialsProvider.getInstance().save();
    }

    private WorkflowRun build(String script, Result expected) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return r.buildAndAssertStatus(expected, job);
    }
}
