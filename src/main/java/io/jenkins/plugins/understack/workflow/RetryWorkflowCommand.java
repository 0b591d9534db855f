package io.jenkins.plugins.understack.workflow;

import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.model.Run;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code retry-workflow NAME[#NUMBER]|@latest [--wait] [--timeout 10m]}. */
@Extension
public final class RetryWorkflowCommand extends CLICommand {
    @Argument(metaVar = "NAME", usage = "A build such as team/get-obm-ip#7, a job for its last build, or @latest.", required = true)
    public String name;

    @Option(name = "--wait", usage = WaitOptions.WAIT)
    public boolean wait;

    @Option(name = "--timeout", metaVar = "DURATION", usage = WaitOptions.TIMEOUT)
    public String timeout;

    @Override
    public String getShortDescription() {
        return Messages.RetryWorkflowCommand_shortDescription();
    }

    @Override
    protected int run() throws Exception {
        WaitOptions options = new WaitOptions(wait, timeout);
        Run<?, ?> run = Workflows.run(name);
        return options.follow(run.getParent(), Workflows.retry(run), stdout, stderr);
    }
}
