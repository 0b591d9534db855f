package io.jenkins.plugins.understack.core.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.http.HttpAnswer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A log-in that an interruption does not cut in the middle: the session that it may have opened could not be closed. */
final class Login {
    private final RedfishClient client;
    private final String path;
    private final JsonNode body;

    Login(RedfishClient client, String path, JsonNode body) {
        this.client = client;
        this.path = path;
        this.body = body;
    }

    /**
     * @param interrupted meanwhile; the session must be closed at once
     * @param path of the session, or null where the BMC does not tell it
     * @param token or null, which is an error
     */
    record Opened(boolean interrupted, String path, String token) {
        @Override
        public String toString() {
            return "Opened[" + path + "]";
        }
    }

    Opened perform() throws RedfishException, InterruptedException {
        FutureTask<HttpAnswer> task = new FutureTask<>(
                () -> client.call("POST", path, client.send("POST", path, null, body), RedfishClient.TIMEOUT, true));
        Thread thread = new Thread(task, "log-in to BMC " + client.bmc());
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        while (true) {
            try {
                Reply reply = client.reply("POST " + path, task.get());
                String session = reply.json().path("@odata.id").textValue();
                return new Opened(
                        interrupted,
                        session == null ? reply.location() : client.bmc().path(session),
                        task.get().header("X-Auth-Token").orElse(null));
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                throw failure(e.getCause());
            }
        }
    }

    private static RedfishException failure(Throwable cause) throws InterruptedException {
        if (cause instanceof RedfishException failure) {
            return failure;
        }
        if (cause instanceof InterruptedException interruption) {
            throw interruption;
        }
        throw new IllegalStateException(cause);
    }
}
