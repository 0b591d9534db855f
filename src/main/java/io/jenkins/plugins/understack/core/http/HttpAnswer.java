package io.jenkins.plugins.understack.core.http;

import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What a server answered, whatever its status. The body is not copied.
 *
 * @param headers names in any case
 * @param body empty where there is none
 */
public record HttpAnswer(int status, HttpHeaders headers, byte[] body) {
    /** 2xx. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** Without headers and body, which may hold what nobody should see. */
    @Override
    public String toString() {
        return "HttpAnswer[status=" + status + ", " + body.length + " bytes]";
    }
}
