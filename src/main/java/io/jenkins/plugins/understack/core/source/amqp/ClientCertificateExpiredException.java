package io.jenkins.plugins.understack.core.source.amqp;

import java.io.IOException;
import java.time.Instant;

/** The broker broke off, and our certificate has expired: brokers rarely say so themselves before they do. */
final class ClientCertificateExpiredException extends IOException {
    private static final long serialVersionUID = 1L;

    ClientCertificateExpiredException(String credentialsId, Instant end, IOException cause) {
        super("tls: the client certificate in credential \"" + credentialsId + "\" (clientCertificateId) has expired on " + end
                + "; renew it", cause);
    }
}
