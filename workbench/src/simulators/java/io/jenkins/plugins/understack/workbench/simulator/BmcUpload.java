package io.jenkins.plugins.understack.workbench.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image that was pushed to a {@link BmcSimulator}; only its size and checksum are kept.
 *
 * @param parameters JSON text of the part UpdateParameters, or parameters of an iLO, or null
 * @param sha256 of the image, in hexadecimal digits
 */
public record BmcUpload(String parameters, long bytes, String sha256) {
    private static final Pattern BOUNDARY = Pattern.compile("multipart/form-data;\\s*boundary=\"?([^\";]+)\"?");
    private static final int CHUNK = 64 * 1024;

    /** The body is the image. */
    static BmcUpload plain(InputStream in) throws IOException {
        return image(null, in, 0);
    }

    /** RFC 7578; null where the parts are not those of the standard, in its order. */
    static BmcUpload multipart(String contentType, InputStream body) throws IOException {
        return multipart(contentType, body, null, "UpdateParameters", "UpdateFile");
    }

    /** Null where the parts are not those of an iLO, in its order and with the key of the session. */
    static BmcUpload ilo(String contentType, InputStream body, String sessionKey) throws IOException {
        return multipart(contentType, body, sessionKey, "parameters", "file");
    }

    private static BmcUpload multipart(String contentType, InputStream body, String key, String parametersPart, String filePart)
            throws IOException {
        Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!boundary.matches()) {
            return null;
        }
        String mark = "--" + boundary.group(1);
        InputStream in = new BufferedInputStream(body, CHUNK);
        if (!line(in).equals(mark)) {
            return null;
        }
        if (key != null && (!headers(in).contains("name=\"sessionKey\"") || !line(in).equals(key) || !line(in).equals(mark))) {
            return null;
        }
        if (!headers(in).contains("name=\"" + parametersPart + "\"")) {
            return null;
        }
        StringBuilder parameters = new StringBuilder();
        for (String line = line(in); !line.equals(mark); line = line(in)) {
            parameters.append(line);
        }
        return headers(in).contains("name=\"" + filePart + "\"; filename=")
                ? image(parameters.toString(), in, ("\r\n" + mark + "--\r\n").length())
                : null;
    }

    private static BmcUpload image(String parameters, InputStream in, int trailer) throws IOException {
        MessageDigest digest = digest();
        byte[] held = in.readNBytes(trailer);
        long bytes = 0;
        for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
            // What has just come may be the end mark, which does not belong to the image.
            ByteArrayOutputStream both = new ByteArrayOutputStream(held.length + chunk.length);
            both.writeBytes(held);
            both.writeBytes(chunk);
            byte[] all = both.toByteArray();
            digest.update(all, 0, chunk.length);
            bytes += chunk.length;
            held = Arrays.copyOfRange(all, chunk.length, all.length);
        }
        return new BmcUpload(parameters, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String headers(InputStream in) throws IOException {
        StringBuilder headers = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            headers.append(line).append('\n');
        }
        return headers.toString();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.size() > CHUNK) {
                throw new IOException("the body ended within its parts");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
