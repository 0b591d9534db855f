package io.jenkins.plugins.understack.core.redfish.update;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.net.URI;
import java.util.Locale;

/**
 * An image and what it must be.
 *
 * @param url with http or https; where the BMC fetches its images itself, it must reach it too
 * @param sha256 of the image, 64 hexadecimal digits
 */
public record FirmwareImage(URI url, String sha256) {
    public FirmwareImage {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new InvalidFieldException("url", "is no URL of an image; expected http://… or https://…");
        }
        if (url.getRawUserInfo() != null) {
            throw new InvalidFieldException("url", "has a user or password in it, which would be seen by everybody; expected none");
        }
        sha256 = Fields.required("sha256", sha256).toLowerCase(Locale.ROOT);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new InvalidFieldException("sha256", "is no SHA-256; expected the image's checksum in 64 hexadecimal digits");
        }
    }

    /** @throws InvalidFieldException of {@code url} or {@code sha256} */
    public static FirmwareImage of(String url, String sha256) {
        try {
            return new FirmwareImage(new URI(Fields.required("url", url)), sha256);
        } catch (java.net.URISyntaxException e) {
            throw new InvalidFieldException("url", "is no URL of an image; expected http://… or https://…");
        }
    }

    /** What BMCs see: the last part of the path; some tell the kind of an image by its extension. */
    String fileName() {
        String path = url.getPath() == null ? "" : url.getPath();
        String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return name.isEmpty() ? "image.bin" : name;
    }

    /** Without the query, which may hold a signature. */
    @Override
    public String toString() {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }
}
