package io.jenkins.plugins.understack.workflow;

import hudson.Extension;
import hudson.cli.CLICommand;
import org.kohsuke.args4j.Argument;

/** {@code stop-workflow NAME[#NUMBER]|@latest}. */
@Extension
public final class StopWorkflowCommand extends CLICommand {
    @Argument(metaVar = "NAME", usage = "A build such as team/get-obm-ip#7, a job for its last build, or @latest.", required = true)
    public String name;

    @Override
    public String getShortDescription() {
        return Messages.StopWorkflowCommand_shortDescription();
    }

    @Override
    protected int run() throws Exception {
        Workflows.stop(Workflows.run(name));
        return 0;
    }
}
