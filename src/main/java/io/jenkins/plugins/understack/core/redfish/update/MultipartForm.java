package io.jenkins.plugins.understack.core.redfish.update;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;

/** A form with some short parts and an image (RFC 7578), which is read as fast as it is taken. Its length is known: iDRACs insist on it. */
final class MultipartForm {
    private final String boundary = "understack-" + UUID.randomUUID();
    private final StringBuilder head = new StringBuilder();

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** @param headers more than the name, each with its line end */
    MultipartForm part(String name, String headers, String value) {
        head.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"").append(name).append("\"\r\n");
        head.append(headers).append("\r\n").append(value).append("\r\n");
        return this;
    }

    /** The image is the last part. */
    BodyPublisher withFile(String name, ImageFile image, BodyPublisher content) {
        head.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"").append(name).append("\"; filename=\"");
        head.append(image.image().fileName()).append("\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        return BodyPublishers.concat(
                BodyPublishers.ofString(head.toString()), content, BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    }
}
