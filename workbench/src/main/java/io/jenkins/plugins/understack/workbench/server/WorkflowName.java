package io.jenkins.plugins.understack.workbench.server;

/** Which workflow stands for a job: the last part of the job's name, in camel case. */
public final class WorkflowName {
    private WorkflowName() {}

    /** {@code understack/get-device-nautobot} is {@code getDeviceNautobot}. */
    public static String of(String job) {
        StringBuilder name = new StringBuilder();
        boolean upper = false;
        for (char c : job.substring(job.lastIndexOf('/') + 1).toCharArray()) {
            if (c == '-' || c == '_' || c == ' ') {
                upper = name.length() > 0;
            } else {
                name.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return name.toString();
    }
}
