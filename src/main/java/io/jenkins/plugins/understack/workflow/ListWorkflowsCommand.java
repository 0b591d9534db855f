package io.jenkins.plugins.understack.workflow;

import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.workflow.TreePrinter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code list-workflows [FOLDER] [--limit 50]}: columns as {@code argo list} has them. */
@Extension
public final class ListWorkflowsCommand extends CLICommand {
    private static final String ROW = "%%-%ds  %%-9s  %%-7s  %%s";

    @Argument(metaVar = "FOLDER", usage = "Full name of the folder whose workflows are listed.")
    public String folder = "";

    @Option(name = "--limit", metaVar = "NUMBER", usage = "How many at most; 50 where it is not given.")
    public int limit = 50;

    @Override
    public String getShortDescription() {
        return Messages.ListWorkflowsCommand_shortDescription();
    }

    @Override
    protected int run() {
        List<Run<?, ?>> runs = Workflows.recent(folder, Math.max(limit, 1));
        int width = runs.stream().mapToInt(run -> run.getExternalizableId().length()).max().orElse(4);
        String row = String.format(ROW, Math.max(width, 4));
        stdout.println(String.format(row, "NAME", "STATUS", "AGE", "DURATION"));
        Instant now = Instant.now();
        for (Run<?, ?> run : runs) {
            stdout.println(String.format(
                    row,
                    run.getExternalizableId(),
                    RunTree.state(run).label(),
                    TreePrinter.duration(Duration.between(RunTree.start(run), now)),
                    TreePrinter.duration(RunTree.duration(run, now))));
        }
        return 0;
    }
}
