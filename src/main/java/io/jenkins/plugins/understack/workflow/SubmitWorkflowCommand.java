package io.jenkins.plugins.understack.workflow;

import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.model.Job;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;
import org.kohsuke.args4j.spi.MapOptionHandler;

/** {@code submit-workflow NAME -p k=v [--wait] [--timeout 10m]}. */
@Extension
public final class SubmitWorkflowCommand extends CLICommand {
    @Argument(metaVar = "NAME", usage = "Full name of the workflow's job.", required = true)
    public String name;

    @Option(name = "-p", metaVar = "NAME=VALUE", usage = "A parameter; may be repeated.", handler = MapOptionHandler.class)
    public Map<String, String> parameters = new LinkedHashMap<>();

    @Option(name = "--wait", usage = WaitOptions.WAIT)
    public boolean wait;

    @Option(name = "--timeout", metaVar = "DURATION", usage = WaitOptions.TIMEOUT)
    public String timeout;

    @Override
    public String getShortDescription() {
        return Messages.SubmitWorkflowCommand_shortDescription();
    }

    @Override
    protected int run() throws Exception {
        WaitOptions options = new WaitOptions(wait, timeout);
        Job<?, ?> job = Workflows.job(name);
        return options.follow(job, Workflows.submit(job, parameters), stdout, stderr);
    }
}
