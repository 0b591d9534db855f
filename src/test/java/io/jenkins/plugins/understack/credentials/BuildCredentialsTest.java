package io.jenkins.plugins.understack.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.security.ACL;
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.ObmConfig;
import io.jenkins.plugins.understack.config.ObmRuleConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The life of a log-in: one build long, over a restart, seen by nobody else and written nowhere. */
class BuildCredentialsTest {
    private static final String KEY = "new secret string";
    private static final String PASSWORD = "M5CacBLC/4eVuaTmoH8v";
    private static final List<String> SECRETS = List.of(
            KEY,
            PASSWORD,
            Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8)),
            Base64.getEncoder().encodeToString(("root:" + PASSWORD).getBytes(StandardCharsets.UTF_8)));

    private static final String BUILD =
            """
            def ref = getObmCreds(ip: '1.2.3.4')
            node {
                writeFile file: 'reference', text: ref
                withObmCreds(credentials: ref) {
                    try {
                        error "broken with ${env.OBM_PASSWORD}"
                    } catch (e) {
                        echo "caught ${e.message}"
                    }
                    sh 'set +x; echo "before [$OBM_PASSWORD]"; printf %s "$OBM_PASSWORD" | base64; env | grep OBM_'
                    writeFile file: 'inside', text: ''
                    waitUntil(initialRecurrencePeriod: 100, quiet: true) { fileExists 'go' }
                    sh 'set -x; echo "after [$OBM_PASSWORD]"'
                    echo "after as well ${env.OBM_PASSWORD}"
                }
                withObmCreds(credentials: ref) { sh 'echo "bound anew [$OBM_PASSWORD]"' }
            }
            """;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private String reference;
    private String leftOver;

    @Test
    void livesAsLongAsItsBuild() throws Throwable {
        sessions.then(r -> {
            Events.secretText("bmc-master", KEY);
            ObmConfig obm = new ObmConfig();
            obm.setProviders(List.of(new ObmRuleConfig(new StandardPasswordProvider("bmc-master"))));
            UnderstackConfiguration.get().setObm(obm);
            WorkflowJob job = job(r, "site", "work", BUILD);
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            reference = Await.until(() -> read(r, "reference", "inside"), text -> text != null);

            assertThat(reference).startsWith("understack-obm-");
            assertThat(whereSecretsAre(r)).isEmpty();
            assertThat(file(r, reference)).exists();
            usableByThisBuildOnly(r, run);
            ended(r);
        });
        sessions.then(r -> {
            Await.until(() -> Files.notExists(file(r, leftOver)), gone -> gone);
            WorkflowRun run = r.jenkins.getItemByFullName("site/work", WorkflowJob.class).getBuildByNumber(1);
            assertThat(whereSecretsAre(r)).isEmpty();
            Files.writeString(workspace(r).resolve("go"), "");

            r.assertBuildStatusSuccess(r.waitForCompletion(run));

            r.assertLogContains("caught broken with ****", run);
            r.assertLogContains("before [****]", run);
            r.assertLogContains("OBM_USERNAME=root", run);
            r.assertLogContains("after [****]", run);
            r.assertLogContains("after as well ****", run);
            r.assertLogContains("bound anew [****]", run);
            Await.until(() -> Files.notExists(file(r, reference)), gone -> gone);
            assertThat(BuildCredentials.ofRun(run, reference)).isNull();
            assertThat(whereSecretsAre(r)).isEmpty();
        });
        sessions.then(r -> {
            WorkflowRun run = r.jenkins.getItemByFullName("site/work", WorkflowJob.class).getBuildByNumber(1);
            assertThat(find(run)).isNull();
            try (Stream<Path> files = Files.list(file(r, reference).getParent())) {
                assertThat(files).isEmpty();
            }
        });
    }

    private void usableByThisBuildOnly(JenkinsRule r, WorkflowRun run) throws Exception {
        assertThat(find(run).getPassword().getPlainText()).isEqualTo(PASSWORD);
        String use =
                """
                withCredentials([usernamePassword(credentialsId: params.ref, usernameVariable: 'U', passwordVariable: 'P')]) { echo P.reverse() }
                """;
        String with = "withObmCreds(credentials: params.ref) { echo env.OBM_PASSWORD.reverse() }";
        for (WorkflowJob other : List.of(
                job(r, "elsewhere", "use", use), job(r, "elsewhere", "with", with), job(r, "site", "sibling", use), job(r, null, "top", with))) {
            assertRefused(r, other);
        }
        // Another build of the very same job.
        WorkflowJob same = run.getParent();
        same.setDefinition(new CpsFlowDefinition(use, true));
        assertRefused(r, same);

        assertThat(CredentialsProvider.lookupCredentialsInItem(StandardUsernamePasswordCredentials.class, same, ACL.SYSTEM2, List.of()))
                .isEmpty();
        assertThat(CredentialsProvider.listCredentialsInItem(StandardUsernamePasswordCredentials.class, same, ACL.SYSTEM2, List.of(), null))
                .isEmpty();
        StandardUsernamePasswordCredentials withoutBuild = CredentialsProvider.findCredentialByIdInItem(
                reference, StandardUsernamePasswordCredentials.class, same, ACL.SYSTEM2, List.of());
        assertThatThrownBy(withoutBuild::getPassword).isInstanceOf(CredentialsUnavailableException.class);
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new FullControlOnceLoggedInAuthorizationStrategy());
        JenkinsRule.WebClient administrator = r.createWebClient().withJavaScriptEnabled(false).login("admin");
        String pages = "";
        for (String page : List.of("manage/credentials/", "manage/credentials/store/system/domain/_/")) {
            pages += administrator.goTo(page).getWebResponse().getContentAsString();
        }
        assertThat(pages).contains("bmc-master").doesNotContain(reference);
        same.setDefinition(new CpsFlowDefinition(BUILD, true));
    }

    private void assertRefused(JenkinsRule r, WorkflowJob job) throws Exception {
        WorkflowRun run = r.assertBuildStatus(
                Result.FAILURE,
                job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("ref", reference))));
        r.assertLogContains("\"" + reference + "\" is no credential of " + run, run);
        r.assertLogNotContains(new StringBuilder(PASSWORD).reverse().toString(), run);
    }

    /** A build that has ended has no log-in any more, and none that comes late; the file of one that ended by a crash is left over. */
    private void ended(JenkinsRule r) throws Exception {
        WorkflowJob job = job(r, null, "short", "echo getObmCreds(ip: '1.2.3.4')");
        WorkflowRun run = r.buildAndAssertSuccess(job);
        String id = run.getLog(100).stream().filter(line -> line.startsWith("understack-obm-")).findFirst().orElseThrow();
        Await.until(() -> Files.notExists(file(r, id)), gone -> gone);
        leftOver = BuildCredentials.add(run, "BMC 1.2.3.4", new ObmCredential("root", PASSWORD));
        assertThat(file(r, leftOver)).exists();
        assertThat(BuildCredentials.ofRun(run, leftOver)).isNull();
    }

    private static WorkflowJob job(JenkinsRule r, String folder, String name, String script) throws Exception {
        MockFolder parent = folder == null ? null : (MockFolder) r.jenkins.getItem(folder);
        if (folder != null && parent == null) {
            parent = r.createFolder(folder);
        }
        WorkflowJob job = parent == null ? r.createProject(WorkflowJob.class, name) : parent.createProject(WorkflowJob.class, name);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("ref")));
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private StandardUsernamePasswordCredentials find(WorkflowRun run) {
        return CredentialsProvider.findCredentialById(reference, StandardUsernamePasswordCredentials.class, run, List.of());
    }

    private static Path workspace(JenkinsRule r) {
        return Path.of(r.jenkins.getWorkspaceFor(r.jenkins.getItemByFullName("site/work", WorkflowJob.class)).getRemote());
    }

    /** The content of a file in the workspace of the build, as soon as there is another. */
    private static String read(JenkinsRule r, String name, String other) {
        try {
            return Files.exists(workspace(r).resolve(other)) ? Files.readString(workspace(r).resolve(name)) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static Path file(JenkinsRule r, String id) {
        return r.jenkins.getRootDir().toPath().resolve("understack").resolve("obm").resolve(id);
    }

    /** Everything on the controller: configuration, builds, logs, workspaces; and what Jenkins logs itself. */
    private static List<String> whereSecretsAre(JenkinsRule r) throws IOException {
        List<String> found = new ArrayList<>();
        Files.walkFileTree(r.jenkins.getRootDir().toPath(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String content;
                try {
                    content = Files.readString(file, StandardCharsets.ISO_8859_1);
                } catch (NoSuchFileException e) {
                    return visitFileFailed(file, e);
                }
                SECRETS.stream().filter(content::contains).forEach(secret -> found.add(file + " has secret " + SECRETS.indexOf(secret)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // Deleted meanwhile.
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        Jenkins.logRecords.stream()
                .map(record -> String.valueOf(record.getMessage()))
                .filter(message -> SECRETS.stream().anyMatch(message::contains))
                .forEach(found::add);
        return found;
    }
}
