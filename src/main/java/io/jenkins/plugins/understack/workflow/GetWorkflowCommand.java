package io.jenkins.plugins.understack.workflow;

import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.model.Run;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code get-workflow NAME[#NUMBER]|@latest [--json]}. */
@Extension
public final class GetWorkflowCommand extends CLICommand {
    @Argument(metaVar = "NAME", usage = "A build such as team/get-obm-ip#7, a job for its last build, or @latest.", required = true)
    public String name;

    @Option(name = "--json", usage = "Print the JSON that REST answers with.")
    public boolean json;

    @Override
    public String getShortDescription() {
        return Messages.GetWorkflowCommand_shortDescription();
    }

    @Override
    protected int run() {
        Run<?, ?> run = Workflows.run(name);
        stdout.println(json ? WorkflowView.json(run).toPrettyString() : WorkflowView.text(run));
        return 0;
    }
}
