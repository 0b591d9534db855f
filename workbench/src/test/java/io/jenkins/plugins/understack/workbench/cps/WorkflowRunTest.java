package io.jenkins.plugins.understack.workbench.cps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.jenkins.plugins.understack.core.workflow.StepTree;
import io.jenkins.plugins.understack.core.obm.ObmRules;
import io.jenkins.plugins.understack.core.nautobot.Nautobots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groovy as Pipelines are written, under Jenkins' interpreter. */
class WorkflowRunTest {
    @TempDir
    Path vars;

    @Test
    void aWorkflowCallsAnother() throws Exception {
        write("outer", "def call(Map inputs) { return 'outer ' + inner(name: inputs.name) }");
        write("inner", "def call(Map inputs) { echo inputs.name; return 'inner ' + inputs.name }");
        WorkflowResult result = run("outer", Map.of("name", "h1"));
        assertThat(result.value().asText()).isEqualTo("outer inner h1");
        assertThat(tree(result.root(), "")).isEqualTo("Succeeded x-1: outer inner h1\n  Succeeded inner: inner h1\n    Succeeded echo: h1\n");
    }

    @Test
    void closuresOfTheCollectionMethodsCallStepsAndWorkflows() throws Exception {
        write("outer", """
                def call(Map inputs) {
                    def found = []
                    inputs.names.split(',').each { name -> found << inner(name: name) }
                    [a: 1, b: 2].each { key, value -> echo "${key}=${value}" }
                    return found.collect { it.toUpperCase() }
                }
                """);
        write("inner", "def call(Map inputs) { return inputs.name + '!' }");
        WorkflowResult result = run("outer", Map.of("names", "h1,h2"));
        assertThat(result.root().message()).isEqualTo("list of 2");
        assertThat(result.value()).isEqualTo(Json.parse("[\"H1!\", \"H2!\"]"));
        assertThat(tree(result.root(), ""))
                .isEqualTo("Succeeded x-1: list of 2\n  Succeeded inner: h1!\n  Succeeded inner: h2!\n"
                        + "  Succeeded echo: a=1\n  Succeeded echo: b=2\n");
    }

    @Test
    void anErrorEndsTheWorkflowWithItsText() throws Exception {
        write("outer", "def call(Map inputs) { inner(); echo 'never' }");
        write("inner", "def call(Map inputs = [:]) { error 'no such device' }");
        WorkflowResult result = run("outer", Map.of());
        assertThat(result.succeeded()).isFalse();
        assertThat(tree(result.root(), ""))
                .isEqualTo("Failed x-1: no such device\n  Failed inner: no such device\n    Failed error: no such device\n");
    }

    @Test
    void anErrorCanBeCaught() throws Exception {
        write("outer", "def call(Map inputs) { try { inner() } catch (e) { echo e.message } finally { echo 'done' }; return 'ok' }");
        write("inner", "def call(Map inputs = [:]) { error 'no such device' }");
        WorkflowResult result = run("outer", Map.of());
        assertThat(tree(result.root(), ""))
                .isEqualTo("Succeeded x-1: ok\n  Failed inner: no such device\n    Failed error: no such device\n"
                        + "  Succeeded echo: no such device\n  Succeeded echo: done\n");
    }

    @Test
    void aMistakeOfTheAuthorIsNamedWithItsPlace() throws Exception {
        write("outer", "def call(Map inputs) {\n    def device = null\n    return device.name\n}");
        assertThat(run("outer", Map.of()).root().message())
                .isEqualTo("NullPointerException: Cannot get property 'name' on null object (outer.groovy:3)");
        write("outer", "def call(Map inputs) { nautobotQurey(uri: 'secret') }");
        assertThat(run("outer", Map.of()).root().message())
                .startsWith("\"nautobotQurey\" is no step and no workflow; expected a step of [echo, error, eventData, ")
                .contains(", nautobotQuery")
                .endsWith("] or a workflow of [outer]");
        write("outer", "def call(Map inputs) { 'secret'.frobnicate('secret') }");
        assertThat(run("outer", Map.of()).root().message())
                .startsWith("String has no method frobnicate for these 1 arguments").doesNotContain("secret");
        write("outer", "def call(Map inputs) { nautobotQuery(url: '/x') }");
        assertThat(run("outer", Map.of()).root().message())
                .isEqualTo("nautobotQuery: \"url\" is unknown; expected [method, uri, query, body, all, nautobot, timeoutSeconds]");
        write("outer", "def call(Map inputs) { nautobotQuery(uri: '/x') }");
        assertThat(run("outer", Map.of()).root().message())
                .startsWith("nautobotQuery: no Nautobot is configured; expected unclassified.understack.nautobot");
        write("outer", "def call(Map inputs) {");
        assertThat(run("outer", Map.of()).root().message()).startsWith("outer.groovy cannot be compiled: ");
        write("outer", "def call(String a, String b) { }");
        assertThat(run("outer", Map.of()).root().message())
                .isEqualTo("outer: has no method call for these 1 arguments; expected def call(Map inputs)");
    }

    @Test
    void bodiesArePlainAsInJenkins() throws Exception {
        Map<String, String> wrong = Map.of(
                "[a: [1, Thread.currentThread()]]", "nautobotQuery: body.a[1]: holds a Thread; expected maps, lists, texts, numbers and booleans",
                "'{bad'", "nautobotQuery: body: is not JSON: error at line 1, column 6");
        for (Map.Entry<String, String> body : wrong.entrySet()) {
            write("outer", "def call(Map inputs) { nautobotQuery(method: 'POST', uri: '/x/', body: " + body.getKey() + ") }");
            Nautobots nowhere = new Nautobots(List.of(new NautobotSettings("http://127.0.0.1:9", "token", null)));
            Steps steps = Steps.of(new Configuration(List.of(), List.of(), nowhere), null, new ObmRules(List.of()), Bmcs.real(TlsTrust.DEFAULT, new MemoryStateStore()));
            WorkflowResult result =
                    new WorkflowRun(WorkflowLibrary.of(vars), steps, Clock.systemUTC(), "x-1", null).execute("outer", Map.of());
            assertThat(result.root().message()).startsWith(body.getValue().substring(0, body.getValue().length() - 1));
        }
    }

    @Test
    void aResultThatIsNotPlainIsItsText() throws Exception {
        write("outer", "def call(Map inputs) { return [a: new StringBuilder('x'), b: \"${1 + 1}\"] }");
        assertThat(run("outer", Map.of()).value()).isEqualTo(Json.parse("{\"a\": \"x\", \"b\": \"2\"}"));
        write("outer", "def call(Map inputs) { return java.time.Duration.ofSeconds(1) }");
        assertThat(run("outer", Map.of()).value().asText()).isEqualTo("PT1S");
    }

    @Test
    void theEventIsAMap() throws Exception {
        write("outer", "def call(Map inputs) { def e = eventData(); return [e.id, e.type, e.source, e.subject, e.data.body.n + 1] }");
        ObjectNode data = (ObjectNode) Json.parse("{\"body\": {\"n\": 41}}");
        Event event = new Event("m1", "ironic", "nodes", "amqp", "baremetal.x", Clock.systemUTC().instant(), data);
        assertThat(run("outer", Map.of(), event).value()).isEqualTo(Json.parse("[\"m1\", \"baremetal.x\", \"ironic\", \"nodes\", 42]"));
        assertThat(run("outer", Map.of()).root().message())
                .isEqualTo("eventData: no event started this run; expected a start by a sensor");
    }

    private void write(String name, String source) throws Exception {
        Files.writeString(vars.resolve(name + ".groovy"), source);
    }

    private WorkflowResult run(String workflow, Map<String, String> inputs) throws Exception {
        return run(workflow, inputs, null);
    }

    private WorkflowResult run(String workflow, Map<String, String> inputs, Event event) throws Exception {
        Steps steps = Steps.of(new Configuration(List.of(), List.of(), null), null, new ObmRules(List.of()), Bmcs.real(TlsTrust.DEFAULT, new MemoryStateStore()));
        return new WorkflowRun(WorkflowLibrary.of(vars), steps, Clock.systemUTC(), "x-1", event).execute(workflow, inputs);
    }

    private static String tree(StepTree node, String indent) {
        StringBuilder text = new StringBuilder(indent + node.state().label() + " " + node.name() + ": " + node.message() + "\n");
        node.steps().forEach(child -> text.append(tree(child, indent + "  ")));
        return text.toString();
    }
}
