package io.jenkins.plugins.understack.core.redfish.update;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import io.jenkins.plugins.understack.core.redfish.Reply;
import io.jenkins.plugins.understack.core.redfish.Resource;
import java.net.http.HttpRequest.BodyPublisher;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The update service of one BMC, within one session. */
final class UpdateService {
    /** A program of the BMC's own pages; {@link RedfishSession} sees to it that it is not another host's. */
    private static final Pattern FORM = Pattern.compile("(?:https?://[^/]*)?/cgi-bin/.*");

    private final RedfishSession session;
    private final Resource service;

    UpdateService(RedfishSession session) throws RedfishException, InterruptedException {
        this.session = session;
        this.service = session.follow(session.root(), "/UpdateService");
    }

    /**
     * Versions by component. Dell puts the version into the name of a component; it is taken out, so that a component keeps its name.
     * Images that are stored but not installed are left out.
     */
    Map<String, String> versions() throws RedfishException, InterruptedException {
        Map<String, String> versions = new TreeMap<>();
        String inventory = service.link("/FirmwareInventory");
        for (String member : inventory == null ? List.<String>of() : session.members(inventory)) {
            JsonNode component = session.get(member).json();
            String version = component.path("Version").asText("");
            String id = component.path("Id").asText(member);
            if (!version.isEmpty() && !id.matches("(?:Previous|Available|Rollback)-.*")) {
                versions.put(id.replace(version, ""), version);
            }
        }
        return versions;
    }

    /**
     * Hands over the image in the best way that the BMC offers: pushed in parts ("Multipart HTTP push updates"), fetched by the BMC
     * itself ("Simple updates"), or pushed to an HttpPushUri, older than both: as it is, or as a form where that is a program beside
     * Redfish.
     *
     * @return path of what tells how it goes
     */
    String push(ImageFile image, List<String> targets, Duration timeout, Clock clock, Consumer<String> log)
            throws RedfishException, InterruptedException {
        if (service.json().path("ServiceEnabled").isBoolean() && !service.json().path("ServiceEnabled").booleanValue()) {
            throw new UpdateFailedException(session.bmc() + ": its update service is switched off (ServiceEnabled is false)");
        }
        String multipart = service.json().path("MultipartHttpPushUri").textValue();
        JsonNode simple = service.json().path("Actions").path("#UpdateService.SimpleUpdate");
        String plain = service.json().path("HttpPushUri").textValue();
        String protocol = image.image().url().getScheme().toUpperCase(Locale.ROOT);
        if (multipart != null) {
            log.accept("pushes the image in parts to " + multipart);
            return task(multipart(multipart, image, new CountedFile(image, clock, log), targets, timeout));
        }
        if (simple.path("target").isTextual() && offers(simple, protocol)) {
            log.accept("lets the BMC fetch the image by " + protocol);
            return task(session.post(simple.path("target").textValue(), simple(image, protocol, targets)));
        }
        if (plain != null && FORM.matcher(plain).matches()) {
            log.accept("pushes the image in a form to " + plain);
            return task(form(plain, image, new CountedFile(image, clock, log), targets, timeout));
        }
        if (plain != null) {
            log.accept("pushes the image to " + plain);
            return task(plain(plain, new CountedFile(image, clock, log), targets, timeout));
        }
        throw new UpdateFailedException(session.bmc() + ": its update service takes no images; expected MultipartHttpPushUri,"
                + " UpdateService.SimpleUpdate with " + protocol + ", or HttpPushUri");
    }

    private static boolean offers(JsonNode simple, String protocol) {
        JsonNode allowed = simple.path("TransferProtocol@Redfish.AllowableValues");
        for (JsonNode value : allowed) {
            if (value.asText().equals(protocol)) {
                return true;
            }
        }
        return allowed.isMissingNode();
    }

    private Reply multipart(String uri, ImageFile image, BodyPublisher content, List<String> targets, Duration timeout)
            throws RedfishException, InterruptedException {
        ObjectNode parameters = Json.MAPPER.createObjectNode();
        targets.forEach(parameters.putArray("Targets")::add);
        MultipartForm form = new MultipartForm();
        BodyPublisher body = form.part("UpdateParameters", "Content-Type: application/json\r\n", parameters.toString())
                .withFile("UpdateFile", image, content);
        return session.upload(uri, form.contentType(), body, timeout);
    }

    /**
     * As iLO takes images at {@code /cgi-bin/uploadFile}: with the session's key in the form and in a cookie, and without a task in the
     * answer. From HPE's iLOrest ({@code UploadComponentCommand.py} of python-redfish-utility) and "HPE firmware updates: Part 3 - The
     * Redfish update service" (HPE Server Management Portal), HttpPushUri. Installs the image and keeps it in iLO's repository, as
     * UnderStack did.
     */
    private Reply form(String uri, ImageFile image, BodyPublisher content, List<String> targets, Duration timeout)
            throws RedfishException, InterruptedException {
        if (!targets.isEmpty()) {
            throw new UpdateFailedException(session.bmc() + ": targets: " + uri
                    + " takes none, since this BMC finds out itself what an image is for; run again without targets");
        }
        ObjectNode parameters = Json.MAPPER.createObjectNode().put("UpdateRepository", true).put("UpdateTarget", true);
        parameters.put("ETag", "understack" + image.image().fileName().replaceAll("[^A-Za-z0-9]", "")).put("Section", 0);
        MultipartForm form = new MultipartForm();
        return session.uploadForm(
                uri,
                form.contentType(),
                key -> form.part("sessionKey", "", key)
                        .part("parameters", "", parameters.toString())
                        .withFile("file", image, content),
                timeout);
    }

    private static ObjectNode simple(ImageFile image, String protocol, List<String> targets) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("ImageURI", image.image().url().toString()).put("TransferProtocol", protocol);
        if (!targets.isEmpty()) {
            targets.forEach(body.putArray("Targets")::add);
        }
        return body;
    }

    private Reply plain(String uri, BodyPublisher content, List<String> targets, Duration timeout)
            throws RedfishException, InterruptedException {
        if (!targets.isEmpty()) {
            ObjectNode changes = Json.MAPPER.createObjectNode();
            targets.forEach(changes.putArray("HttpPushUriTargets")::add);
            session.patch(service, changes);
        }
        return session.upload(uri, "application/octet-stream", content, timeout);
    }

    /**
     * The document of the task is better than its monitor, which has no state on some BMCs. Without a task the state of the service tells
     * how it goes, else only the inventory, in which a version will change.
     */
    private String task(Reply reply) throws RedfishException {
        String document = reply.json().path("@odata.id").textValue();
        if (reply.json().has("TaskState") && document != null) {
            return document;
        }
        if (reply.location() != null) {
            return reply.location();
        }
        if (!TaskDocument.vendorState(service.json()).isMissingNode()) {
            return service.path();
        }
        String inventory = service.link("/FirmwareInventory");
        if (inventory != null) {
            return inventory;
        }
        throw new UpdateFailedException(session.bmc() + ": took the image (status " + reply.status()
                + "), but names no task; whether it installs it is unknown. Look at its own pages.");
    }
}
