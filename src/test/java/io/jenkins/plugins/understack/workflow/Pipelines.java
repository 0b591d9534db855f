package io.jenkins.plugins.understack.workflow;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.util.Secret;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Workflows that tests submit, and people with different rights. */
final class Pipelines {
    static final String SECRET = "hunter2-secret";

    private Pipelines() {}

    /** {@code team/check}: stages, branches, a caught and an uncaught error; fails for hostname "bad". */
    static WorkflowJob check(JenkinsRule r) throws Exception {
        WorkflowJob job = job(
                r,
                "check",
                """
                stage('look up') {
                    parallel(
                        ip: { echo 'one' },
                        creds: { try { error 'tried' } catch (e) { echo 'caught' } })
                }
                withEnv(['A=b']) {
                    if (params.hostname == 'bad') { error 'no such device' }
                }
                currentBuild.description = 'done with ' + params.hostname
                """);
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("hostname", "h1"),
                new PasswordParameterDefinition("password", Secret.fromString(""), "")));
        return job;
    }

    /** {@code team/waits}: runs until it is stopped. */
    static WorkflowJob waits(JenkinsRule r) throws Exception {
        return job(r, "waits", "stage('wait') { node('nowhere') { } }");
    }

    private static WorkflowJob job(JenkinsRule r, String name, String script) throws Exception {
        Folder team = (Folder) r.jenkins.getItem("team");
        WorkflowJob job = (team == null ? r.createProject(Folder.class, "team") : team).createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    static WorkflowRun run(String id) {
        return (WorkflowRun) Run.fromExternalizableId(id);
    }

    static void secure(JenkinsRule r) {
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ).everywhere().to("nobody", "reader", "builder", "canceller")
                .grant(Item.READ).everywhere().to("reader", "builder", "canceller")
                .grant(Item.BUILD).everywhere().to("builder")
                .grant(Item.CANCEL).everywhere().to("canceller"));
    }
}
