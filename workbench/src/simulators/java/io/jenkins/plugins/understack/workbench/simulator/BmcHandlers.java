package io.jenkins.plugins.understack.workbench.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Answers the requests to a {@link BmcSimulator}. */
final class BmcHandlers {
    private static final String ROOT = BmcResources.ROOT;
    /** A program beside Redfish, which knows sessions by a cookie. */
    static final String ILO_UPLOAD = "/cgi-bin/uploadFile";

    private static final String SESSIONS = ROOT + "/SessionService/Sessions";
    private static final String ACCOUNTS = ROOT + "/AccountService/Accounts";

    volatile String refuseChanges;
    volatile boolean busy;
    volatile String busyOnce;
    volatile CountDownLatch held = new CountDownLatch(0);
    volatile boolean sessionOnlyInLocation;
    volatile boolean requireIfMatch;
    volatile int pageSize = Integer.MAX_VALUE;

    private final BmcKind kind;
    private final BmcLogins logins;
    private final BmcResources resources;
    private final BmcUpdates updates;
    private final List<BmcUpload> uploads = new CopyOnWriteArrayList<>();
    private final Map<String, JsonNode> sent = new ConcurrentHashMap<>();

    BmcHandlers(BmcKind kind, BmcLogins logins, BmcResources resources, BmcUpdates updates) {
        this.kind = kind;
        this.logins = logins;
        this.resources = resources;
        this.updates = updates;
        resources.collections(List.of(
                ACCOUNTS, ROOT + "/Systems", ROOT + "/Managers", BmcUpdates.TASKS, ROOT + "/UpdateService/FirmwareInventory"));
    }

    List<BmcUpload> uploads() {
        return List.copyOf(uploads);
    }

    JsonNode sent(String path) {
        return sent.get(path);
    }

    void handle(BmcRequest request) throws IOException {
        updates.follow();
        if (busy || updates.isBusy() || isBusyOnce(request)) {
            request.error(503, "Base.1.12.ServiceTemporarilyUnavailable", "The service is starting.");
        } else if (request.method.equals("GET") && request.path.equals(ROOT)) {
            request.answer(200, resources.get(ROOT));
        } else if (request.method.equals("POST") && request.path.equals(SESSIONS)) {
            login(request);
        } else if (!authenticated(request)) {
            request.error(401, "Base.1.12.NoValidSession", "There is no valid session.");
        } else {
            switch (request.method) {
                case "GET" -> read(request);
                case "PATCH" -> change(request);
                case "POST" -> post(request);
                case "DELETE" -> delete(request);
                default -> request.error(405, "Base.1.12.OperationNotAllowed", "The method is not allowed.");
            }
        }
    }

    private boolean isBusyOnce(BmcRequest request) {
        String end = busyOnce;
        if (end == null || !request.method.equals("POST") || !request.path.endsWith(end)) {
            return false;
        }
        busyOnce = null;
        return true;
    }

    private boolean authenticated(BmcRequest request) {
        String token = request.path.equals(ILO_UPLOAD) ? request.cookie("sessionKey") : request.header("X-Auth-Token");
        if (token != null) {
            return logins.knows(token);
        }
        String[] basic = request.basic();
        return basic != null && logins.login(basic[0], basic[1]);
    }

    private void login(BmcRequest request) throws IOException {
        JsonNode body = request.json();
        String user = body == null ? "" : body.path("UserName").asText();
        if (body == null || !logins.login(user, body.path("Password").asText())) {
            request.error(401, "Base.1.12.NoValidSession", "The user name or password is wrong, or the account is locked.");
            return;
        }
        Map.Entry<Integer, String> session = logins.open();
        String path = SESSIONS + "/" + session.getKey();
        request.http.getResponseHeaders().set("X-Auth-Token", session.getValue());
        // iLO and some iDRACs name themselves in it.
        request.http.getResponseHeaders()
                .set("Location", (kind == BmcKind.ILO || sessionOnlyInLocation ? "https://127.0.0.1" : "") + path);
        ObjectNode document = BmcResources.JSON.createObjectNode().put("UserName", user);
        request.answer(201, sessionOnlyInLocation ? document : document.put("@odata.id", path));
    }

    private void read(BmcRequest request) throws IOException {
        if (resources.isCollection(request.path)) {
            request.answer(200, resources.collection(request.path, request.skip(), pageSize));
            return;
        }
        ObjectNode document = resources.get(request.path);
        if (document == null) {
            request.error(404, "Base.1.12.ResourceMissingAtURI", "There is no resource at " + request.path + ".");
        } else {
            request.http.getResponseHeaders().set("ETag", resources.etag(request.path));
            request.answer(200, document);
        }
    }

    private void change(BmcRequest request) throws IOException {
        JsonNode body = request.json();
        String ifMatch = request.header("If-Match");
        if (resources.get(request.path) == null) {
            request.error(404, "Base.1.12.ResourceMissingAtURI", "There is no resource at " + request.path + ".");
        } else if (requireIfMatch && ifMatch == null) {
            request.error(428, "Base.1.12.PreconditionRequired", "If-Match is missing.");
        } else if (ifMatch != null && !ifMatch.equals(resources.etag(request.path))) {
            request.error(412, "Base.1.12.PreconditionFailed", "The resource has changed.");
        } else if (body == null || refuseChanges != null) {
            request.error(400, "Base.1.12.GeneralError", body == null ? "The body is not JSON." : refuseChanges);
        } else {
            sent.put(request.path, body);
            if (request.path.startsWith(ACCOUNTS + "/") && body.has("Password")) {
                logins.password(resources.get(request.path).path("UserName").asText(), body.path("Password").asText());
            } else {
                ObjectNode change = body.deepCopy();
                change.remove("@Redfish.SettingsApplyTime");
                resources.merge(request.path, change);
            }
            request.answer(200, null);
        }
    }

    private void post(BmcRequest request) throws IOException {
        String path = request.path;
        if (path.endsWith("/UpdateService/MultipartUpload")) {
            upload(request, BmcUpload.multipart(request.header("Content-Type"), request.http.getRequestBody()));
        } else if (kind == BmcKind.ILO && path.equals(ILO_UPLOAD)) {
            uploadToIlo(request);
        } else if (path.endsWith("/UpdateService/Upload")) {
            upload(request, BmcUpload.plain(request.http.getRequestBody()));
        } else if (path.endsWith("/UpdateService.SimpleUpdate")) {
            sent.put(path, request.json());
            accepted(request);
        } else if (path.endsWith("/ComputerSystem.Reset")) {
            sent.put(path, request.json());
            hold();
            reset(request, request.json().path("ResetType").asText());
        } else {
            request.error(404, "Base.1.12.ResourceMissingAtURI", "There is no resource at " + path + ".");
        }
    }

    private void upload(BmcRequest request, BmcUpload upload) throws IOException {
        if (upload == null) {
            request.error(400, "Base.1.12.MalformedMultipart", "The parts UpdateParameters and UpdateFile are expected.");
        } else {
            uploads.add(upload);
            accepted(request);
        }
    }

    /** Without a task, and with a page for people. */
    private void uploadToIlo(BmcRequest request) throws IOException {
        BmcUpload upload =
                BmcUpload.ilo(request.header("Content-Type"), request.http.getRequestBody(), request.cookie("sessionKey"));
        if (upload == null) {
            request.error(400, "iLO.2.14.UnsupportedOperation", "The parts sessionKey, parameters and file are expected.");
            return;
        }
        uploads.add(upload);
        updates.begin();
        updates.follow();
        request.page(200, "<html>The file was uploaded.</html>");
    }

    /** iDRAC names its task in the header alone, iLO in the document too. */
    private void accepted(BmcRequest request) throws IOException {
        String task = updates.begin();
        updates.follow();
        if (task == null) {
            request.answer(200, BmcResources.JSON.createObjectNode());
        } else if (kind == BmcKind.IDRAC) {
            request.http.getResponseHeaders().set("Location", task);
            request.answer(202, null);
        } else {
            request.answer(202, resources.get(task.replaceAll("/$", "")));
        }
    }

    private void hold() throws IOException {
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException("the BMC simulator ends");
        }
    }

    /** Pending BIOS settings become active when the system starts. */
    private void reset(BmcRequest request, String type) throws IOException {
        String system = kind.systemPath();
        boolean on = resources.get(system).path("PowerState").asText().equals("On");
        if (on == type.equals("On") || !on && type.equals("ForceRestart")) {
            request.error(409, "IDRAC.2.8.PSU501", "The system is already in that state.");
            return;
        }
        boolean off = type.equals("ForceOff") || type.equals("GracefulShutdown");
        resources.merge(system, BmcResources.JSON.createObjectNode().put("PowerState", off ? "Off" : "On"));
        if (!off) {
            ObjectNode pending = resources.get(system + "/Bios/Settings");
            resources.merge(system + "/Bios", BmcResources.JSON.createObjectNode().set("Attributes", pending.get("Attributes")));
            pending.putObject("Attributes");
            resources.put(system + "/Bios/Settings", pending);
        }
        request.answer(204, null);
    }

    private void delete(BmcRequest request) throws IOException {
        if (request.path.startsWith(SESSIONS + "/") && logins.close(request.path.substring(SESSIONS.length() + 1))) {
            request.answer(204, null);
        } else {
            request.error(404, "Base.1.12.ResourceMissingAtURI", "There is no session " + request.path + ".");
        }
    }
}
