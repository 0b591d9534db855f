package io.jenkins.plugins.understack.core.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.HttpAnswer;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A session with one BMC. Finds things as the BMC links them, whatever its vendor calls them. Not thread-safe.
 *
 * <p>Every method but {@link #close} fails with a {@link RedfishException}; with {@link NotYetException} where the BMC is starting.
 */
public final class RedfishSession implements AutoCloseable {
    /** Nobody has that many; a {@code nextLink} that leads in circles has. */
    private static final int MAX_PAGES = 100;

    private static final Duration LOGOUT_TIMEOUT = Duration.ofSeconds(10);

    private final RedfishClient client;
    private final String path;
    private final String token;
    private Consumer<String> log = line -> {};

    private RedfishSession(RedfishClient client, String path, String token) {
        this.client = client;
        this.path = path;
        this.token = token;
    }

    static RedfishSession of(RedfishClient client, Login.Opened opened) throws RedfishException, InterruptedException {
        RedfishSession session = new RedfishSession(client, opened.path(), opened.token());
        if (opened.interrupted()) {
            session.close();
            throw new InterruptedException("interrupted while logging in to BMC " + client.bmc());
        }
        if (opened.token() == null) {
            session.close();
            throw new RedfishException(client.bmc() + ": the log-in was answered without X-Auth-Token; is this a BMC with Redfish?");
        }
        return session;
    }

    /** Its path, which is no secret: whoever has it can end the session with {@link #end}, but not use it. */
    public String path() {
        return path;
    }

    /** Ends another session of the same account, which a process that died has left open; a failure is told to the log only. */
    public void end(String otherPath) throws InterruptedException {
        try {
            String target = bmc().path(otherPath);
            client.call("DELETE", target, client.builder(target, token).DELETE(), LOGOUT_TIMEOUT, false);
        } catch (RedfishException e) {
            // 404: it has ended on its own.
            if (e.status() != 404) {
                log.accept("a session of before stays open until the BMC ends it: " + e.getMessage());
            }
        }
    }

    /** @param newLog told in one line where the log-out fails */
    public RedfishSession logging(Consumer<String> newLog) {
        log = newLog;
        return this;
    }

    public Bmc bmc() {
        return client.bmc();
    }

    public Resource root() throws RedfishException, InterruptedException {
        return client.root();
    }

    /** @param link a path from the root, with or without a query, or a URL of this BMC */
    public Resource get(String link) throws RedfishException, InterruptedException {
        return client.get(bmc().path(link), token);
    }

    /** Like {@link #get}, for what may be answered without JSON, such as a task monitor. */
    public Reply read(String link) throws RedfishException, InterruptedException {
        String target = bmc().path(link);
        return reply("GET", target, client.builder(target, token).GET(), RedfishClient.TIMEOUT, false);
    }

    /** What a link of a resource leads to. */
    public Resource follow(Resource from, String pointer) throws RedfishException, InterruptedException {
        String link = from.link(pointer);
        if (link == null) {
            throw new RedfishException(bmc() + ": " + from.path() + " has no link " + pointer + "; this BMC does not offer it");
        }
        return get(link);
    }

    /** Paths of the members of a collection, over all its pages (DSP0266, "Next link (Members@odata.nextLink) property"). */
    public List<String> members(String link) throws RedfishException, InterruptedException {
        List<String> members = new ArrayList<>();
        String next = link;
        for (int page = 0; next != null; page++) {
            if (page == MAX_PAGES) {
                throw new RedfishException(bmc() + ": " + link + " has more than " + MAX_PAGES + " pages");
            }
            JsonNode json = get(next).json();
            for (JsonNode member : json.path("Members")) {
                members.add(bmc().path(member.path("@odata.id").asText()));
            }
            next = json.path("Members@odata.nextLink").textValue();
        }
        return members;
    }

    /** The one computer system of this BMC: the first that it lists. */
    public Resource system() throws RedfishException, InterruptedException {
        return first("/Systems");
    }

    /** The first manager, which is the BMC itself. */
    public Resource manager() throws RedfishException, InterruptedException {
        return first("/Managers");
    }

    /** The manager's own network interface: the first that it lists. */
    public Resource managerInterface() throws RedfishException, InterruptedException {
        Resource manager = manager();
        String collection = manager.link("/EthernetInterfaces");
        return firstOf(collection == null ? manager.path().replaceAll("/+$", "") + "/EthernetInterfaces" : collection);
    }

    private Resource first(String pointer) throws RedfishException, InterruptedException {
        String collection = root().link(pointer);
        return firstOf(collection == null ? "/redfish/v1" + pointer : collection);
    }

    private Resource firstOf(String collection) throws RedfishException, InterruptedException {
        List<String> members = members(collection);
        if (members.isEmpty()) {
            throw new RedfishException(bmc() + ": " + collection + " has no members; expected at least one");
        }
        return get(members.get(0));
    }

    /**
     * Changes a resource that was just read (DSP0266, "PATCH (update)"), only if it is still the same where the BMC gave an ETag.
     *
     * @param changes only what shall change
     */
    public Reply patch(Resource resource, JsonNode changes) throws RedfishException, InterruptedException {
        return patch(resource, changes, false);
    }

    private Reply patch(Resource resource, JsonNode changes, boolean secret) throws RedfishException, InterruptedException {
        HttpRequest.Builder request = client.send("PATCH", resource.path(), token, changes);
        if (resource.etag() != null) {
            request.header("If-Match", resource.etag());
        }
        return reply("PATCH", resource.path(), request, RedfishClient.TIMEOUT, secret);
    }

    /** An action, for example. */
    public Reply post(String link, JsonNode body) throws RedfishException, InterruptedException {
        String target = bmc().path(link);
        return reply("POST", target, client.send("POST", target, token, body), RedfishClient.TIMEOUT, false);
    }

    /**
     * Sends what is no JSON.
     *
     * @param body read as fast as the BMC takes it
     * @param timeout from the first byte that is sent to the last of the answer
     */
    public Reply upload(String link, String contentType, HttpRequest.BodyPublisher body, Duration timeout)
            throws RedfishException, InterruptedException {
        String target = bmc().path(link);
        HttpRequest.Builder request = client.builder(target, token).header("Content-Type", contentType).POST(body);
        return reply("POST", target, request, timeout, false);
    }

    /**
     * Sends a form to a program of this BMC beside Redfish, which knows sessions by a cookie and may answer with a page.
     *
     * @param body made of the key of the session, which is a secret
     * @param timeout as for {@link #upload}
     * @return without JSON where the answer has none
     */
    public Reply uploadForm(String link, String contentType, Function<String, HttpRequest.BodyPublisher> body, Duration timeout)
            throws RedfishException, InterruptedException {
        String target = bmc().path(link);
        HttpRequest.Builder request = client.builder(target, token)
                .header("Cookie", "sessionKey=" + token)
                .header("Content-Type", contentType)
                .POST(body.apply(token));
        HttpAnswer answer = client.call("POST", target, request, timeout, true);
        try {
            return client.reply("POST " + target, answer);
        } catch (RedfishException e) {
            // It has taken the form; what it says about that is for people.
            return new Reply(answer.status(), null, Json.MAPPER.missingNode());
        }
    }

    /** Sets the password of the account with this very name (DSP0268, ManagerAccount). The log-in of this session stays valid. */
    public void setPassword(String user, String password) throws RedfishException, InterruptedException {
        Resource service = follow(root(), "/AccountService");
        for (String member : members(follow(service, "/Accounts").path())) {
            Resource account = get(member);
            if (user.equals(account.json().path("UserName").textValue())) {
                patch(account, Json.MAPPER.createObjectNode().put("Password", password), true);
                return;
            }
        }
        throw new RedfishException(bmc() + ": " + service.path() + " has no account \"" + user + "\"; its password was not changed");
    }

    private Reply reply(String method, String target, HttpRequest.Builder request, Duration timeout, boolean secret)
            throws RedfishException, InterruptedException {
        HttpAnswer answer = client.call(method, target, request, timeout, secret);
        return client.reply(method + " " + target, answer);
    }

    /**
     * Logs out (DSP0266, "Session termination or logout"), also while the thread is being interrupted: BMCs have few sessions. A
     * failure is told to the log only; BMCs end idle sessions on their own, and a restart ends all.
     */
    @Override
    public void close() {
        if (path == null || token == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            client.call("DELETE", path, client.builder(path, token).DELETE(), LOGOUT_TIMEOUT, false);
        } catch (RedfishException e) {
            if (e.status() == 401 || e.status() == 404) {
                // It has ended on its own.
                return;
            }
            log.accept("the session stays open until the BMC ends it: " + e.getMessage());
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
