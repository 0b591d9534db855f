package io.jenkins.plugins.understack.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.core.broker.Await;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverBranches;
import jenkins.scm.impl.mock.MockSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Jenkinsfile of a branch brings the trigger of that branch. */
@WithJenkins
class MultibranchTest {
    private static final String JENKINSFILE =
            """
            pipeline {
              agent none
              triggers { onEvent(source: 'openstack-ironic', event: 'openstack',
                                 filters: [[path: 'branch', value: ['%s']]]) }
              stages { stage('s') { steps { echo "branch ${env.BRANCH_NAME}" } } }
            }
            """;

    @Test
    void everyBranchHasItsTrigger(JenkinsRule r) throws Exception {
        try (MockSCMController scm = MockSCMController.create()) {
            scm.createRepository("repository");
            scm.addFile("repository", "master", "Jenkinsfile", "Jenkinsfile", JENKINSFILE.formatted("master").getBytes());
            scm.createBranch("repository", "other");
            scm.addFile("repository", "other", "Jenkinsfile", "Jenkinsfile", JENKINSFILE.formatted("other").getBytes());
            WorkflowMultiBranchProject project = r.createProject(WorkflowMultiBranchProject.class, "project");
            project.getSourcesList()
                    .add(new BranchSource(new MockSCMSource(scm, "repository", new MockSCMDiscoverBranches())));
            project.scheduleBuild2(0).getFuture().get();
            r.waitUntilNoActivity();
            WorkflowJob other = project.getItem("other");
            assertThat(other.getLastBuild().getNumber()).isEqualTo(1);

            Events.send("m-1", "{\"branch\": \"other\"}");

            var build = Await.until(() -> other.getBuildByNumber(2), b -> b != null);
            r.assertBuildStatusSuccess(r.waitForCompletion(build));
            assertThat(EventCause.of(build).getSensor()).isEqualTo("project/other");
            assertThat(project.getItem("master").getBuildByNumber(2)).isNull();
        }
    }
}
