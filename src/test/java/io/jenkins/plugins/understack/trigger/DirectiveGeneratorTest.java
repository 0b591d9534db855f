package io.jenkins.plugins.understack.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.understack.config.FilterConfig;
import io.jenkins.plugins.understack.config.LimitConfig;
import io.jenkins.plugins.understack.config.ParameterConfig;
import io.jenkins.plugins.understack.config.RateLimitConfig;
import java.util.List;
import org.jenkinsci.plugins.pipeline.modeldefinition.generator.TriggersDirective;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.JobPropertyStep;
import org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the generators write is what Pipelines read. */
@WithJenkins
class DirectiveGeneratorTest {
    @Test
    void theDirectiveGeneratorWritesWhatDeclarativeReads(JenkinsRule r) throws Exception {
        String triggers = ExtensionList.lookupSingleton(TriggersDirective.DescriptorImpl.class)
                .toGroovy(new TriggersDirective(List.of(trigger())));
        assertThat(triggers).contains("onEvent");
        WorkflowJob job = r.createProject(WorkflowJob.class, "declarative");
        job.setDefinition(new CpsFlowDefinition(
                "pipeline { agent none\n" + triggers + "\nstages { stage('s') { steps { echo 'x' } } } }", true));

        r.buildAndAssertSuccess(job);

        assertThat(onEvent(job).toCore(job)).isEqualTo(trigger().toCore(job));
    }

    @Test
    void theSnippetGeneratorWritesWhatPropertiesReads(JenkinsRule r) throws Exception {
        String snippet = org.jenkinsci.plugins.workflow.cps.Snippetizer.object2Groovy(
                new JobPropertyStep(List.of(new PipelineTriggersJobProperty(List.of(trigger())))));
        assertThat(snippet).startsWith("properties([pipelineTriggers([onEvent(");
        WorkflowJob job = r.createProject(WorkflowJob.class, "scripted");
        job.setDefinition(new CpsFlowDefinition(snippet, true));

        r.buildAndAssertSuccess(job);

        assertThat(onEvent(job).toCore(job)).isEqualTo(trigger().toCore(job));
    }

    @Test
    void whatIsWrittenIsShort(JenkinsRule r) {
        assertThat(DescribableModel.uninstantiate2_(new EventTrigger("s", "e")))
                .hasToString("@onEvent(event=e,source=s)");
    }

    private static EventTrigger onEvent(WorkflowJob job) {
        return job.getTriggers().values().stream()
                .filter(EventTrigger.class::isInstance)
                .map(EventTrigger.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static EventTrigger trigger() {
        EventTrigger trigger = new EventTrigger("openstack-ironic", "openstack");
        trigger.setTransform(".body | {a: .\"x\"}");
        FilterConfig filter = Filters.of("body.payload.ironic_object\\.data.name", List.of("it's", "\"two\""));
        filter.setComparator("find");
        trigger.setFilters(List.of(filter, Filters.of("body.event_type", List.of("x"))));
        ParameterConfig hostname = new ParameterConfig("hostname");
        hostname.setPath("body.name");
        hostname.setDefault("nobody");
        trigger.setParameters(List.of(hostname));
        trigger.setWhere(".a.\"x\" == \"y'\"");
        trigger.setForEach(".items[]");
        trigger.setSerializeBy(".item.key");
        trigger.setCoalesceBy(".item.other");
        LimitConfig limit = new LimitConfig(3, "1h");
        limit.setKey(".item.key");
        trigger.setLimit(limit);
        trigger.setDebounce("30s");
        trigger.setRateLimit(new RateLimitConfig(10, "1m"));
        return trigger;
    }
}
