package io.jenkins.plugins.understack.workbench.command;

import io.jenkins.plugins.understack.core.workflow.TreePrinter;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.cps.AttemptFile;
import io.jenkins.plugins.understack.workbench.cps.Bmcs;
import io.jenkins.plugins.understack.workbench.cps.Openstacks;
import io.jenkins.plugins.understack.workbench.cps.RunId;
import io.jenkins.plugins.understack.workbench.cps.Steps;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import io.jenkins.plugins.understack.workbench.cps.WorkflowResult;
import io.jenkins.plugins.understack.workbench.cps.WorkflowRun;
import io.jenkins.plugins.understack.workbench.print.ConsoleLog;
import io.jenkins.plugins.understack.workbench.server.WorkflowName;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code understack submit}; its JSON is described in docs/command-line.md. */
@Command(
        name = "submit",
        description = "Run one workflow of the library and show its tree and its result.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class SubmitCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options;

    @Mixin
    private LibraryOption library;

    @Parameters(paramLabel = "WORKFLOW", description = "Its name, for example getDeviceNautobot, or that of its job: get-device-nautobot.")
    private String workflow;

    @Option(names = {"-p", "--parameter"}, paramLabel = "NAME=VALUE", description = "An input of the workflow; may be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print JSON (docs/command-line.md).")
    private boolean json;

    public SubmitCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        ConfigurationFile file = options.load(environment);
        ConsoleLog.install(environment.console(), options.verbose);
        WorkflowLibrary workflows = library.load();
        String name = workflows.has(workflow) ? workflow : WorkflowName.of(workflow);
        if (!workflows.has(name)) {
            throw CommandFailedException.wrong(
                    "workflow \"" + workflow + "\" does not exist; expected one of " + workflows.names());
        }
        Openstacks openstacks = Openstacks.real(file.clouds(), file.secrets());
        Steps steps = Steps.of(file.configuration(), file.secrets(), file.obm(), Bmcs.real(file.bmcTrust(), AttemptFile.of(environment.variables())), openstacks);
        WorkflowResult result = new WorkflowRun(workflows, steps, Clock.systemUTC(), RunId.of(name), null)
                .execute(name, parameters);
        environment.console().print(json ? result.toJson().toPrettyString() : text(result));
        return result.succeeded() ? 0 : 1;
    }

    private String text(WorkflowResult result) {
        String tree = new TreePrinter(environment.console().style(), ZoneId.systemDefault())
                .print(result.root(), result.inputs(), null);
        return result.value() == null ? tree : tree + "\n\n" + result.value().toPrettyString();
    }
}
