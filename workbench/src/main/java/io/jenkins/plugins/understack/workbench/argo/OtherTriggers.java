package io.jenkins.plugins.understack.workbench.argo;

/** What to do about triggers that start nothing. */
final class OtherTriggers {
    private OtherTriggers() {}

    static String instead(String kind) {
        String why = "does not start a job; ";
        return switch (kind) {
            case "http" -> why + "write a job that calls the URL, with httpRequest or curl";
            case "log" -> why + "every event and decision is on the sensor's page, and in explain";
            case "email", "slack" -> why + "write a job that sends the message, with emailext or slackSend";
            case "kafka", "nats", "pulsar", "azureEventHubs", "azureServiceBus" -> why + "write a job that sends the message";
            case "awsLambda", "openWhisk", "custom" -> why + "write a job that makes the call";
            default -> why + "k8s and argoWorkflow can be converted";
        };
    }
}
