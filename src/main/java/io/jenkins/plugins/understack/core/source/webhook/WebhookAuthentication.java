package io.jenkins.plugins.understack.core.source.webhook;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** How the caller of a webhook proves that it may send events. */
public sealed interface WebhookAuthentication
        permits WebhookAuthentication.None, WebhookAuthentication.Bearer, HmacAuthentication {
    /** Whether {@code request} with exactly these bytes as its body is genuine. Takes equally long for every wrong proof. */
    boolean accepts(WebhookRequest request, byte[] body, Secrets secrets) throws SecretUnavailableException;

    /** The {@code WWW-Authenticate} challenge of a 401 answer (RFC 9110, section 11.6.1). */
    String challenge();

    /** Header that carries the proof and must not get into the event data, or null. */
    String proofHeader();

    /** Anyone who reaches the end point may send events. */
    record None() implements WebhookAuthentication {
        @Override
        public boolean accepts(WebhookRequest request, byte[] body, Secrets secrets) {
            return true;
        }

        @Override
        public String challenge() {
            return "";
        }

        @Override
        public String proofHeader() {
            return null;
        }
    }

    /** {@code Authorization: Bearer <token>} (RFC 6750, section 2.1); the token is a secret text credential. */
    record Bearer(String credentialsId) implements WebhookAuthentication {
        private static final String SCHEME = "Bearer ";

        public Bearer {
            credentialsId = Fields.required("authentication.bearer.credentialsId", credentialsId);
        }

        @Override
        public boolean accepts(WebhookRequest request, byte[] body, Secrets secrets) throws SecretUnavailableException {
            String header = request.header("Authorization");
            String expected = secrets.text(credentialsId);
            if (expected.isEmpty()) {
                throw new SecretUnavailableException(credentialsId, "is empty; expected a token");
            }
            if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
                return false;
            }
            return MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.UTF_8),
                    header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String challenge() {
            return "Bearer realm=\"understack\"";
        }

        @Override
        public String proofHeader() {
            return "Authorization";
        }
    }
}
