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
                HttpAnswer answer = task.get();
                return new Opened(interrupted, session(answer), answer.header("X-Auth-Token").orElse(null));
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

    /**
     * From the body's {@code @odata.id}, else from {@code Location}. Of one that cannot be used the other is taken, since the session is
     * open and must be closed.
     */
    private String session(HttpAnswer answer) throws RedfishException {
        String location = answer.header("Location").orElse(null);
        try {
            String link = client.json("POST " + path, answer).path("@odata.id").textValue();
            if (link != null) {
                return client.bmc().pathOfLocation(link);
            }
        } catch (RedfishException e) {
            if (location == null) {
                throw e;
            }
        }
        return location == null ? null : client.bmc().pathOfLocation(location);
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
