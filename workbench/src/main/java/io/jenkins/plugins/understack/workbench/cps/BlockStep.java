package io.jenkins.plugins.understack.workbench.cps;

/** A step with a block, which is run between {@link #run} and {@link #end}. */
interface BlockStep extends Step {
    /** However the block ended. */
    void end(WorkflowRun run);
}
