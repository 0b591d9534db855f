package io.jenkins.plugins.understack.core.source.amqp;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * TLS of an AMQP connection. Without anything set, the certificates that the JVM trusts are trusted, and the host name is
 * verified.
 *
 * @param caCertificate PEM text of the authorities to trust instead, or null
 * @param clientCertificateId credential with the client's key and certificate, or null
 * @param insecureSkipVerify trust any certificate of any host: only for a laboratory
 */
public record AmqpTls(String caCertificate, String clientCertificateId, boolean insecureSkipVerify) {
    public static final AmqpTls DEFAULT = new AmqpTls(null, null, false);

    public AmqpTls {
        caCertificate = Fields.optional(caCertificate);
        clientCertificateId = Fields.optional(clientCertificateId);
        try {
            new TlsTrust(caCertificate, insecureSkipVerify);
        } catch (InvalidFieldException e) {
            throw e.within("tls");
        }
    }

    SSLContext context(Secrets secrets) throws GeneralSecurityException, SecretUnavailableException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(secrets), new TlsTrust(caCertificate, insecureSkipVerify).managers(), null);
        return context;
    }

    /** Until when the client's certificate is valid; null without one. */
    Instant clientCertificateEnd(Secrets secrets) throws GeneralSecurityException, SecretUnavailableException {
        if (clientCertificateId == null) {
            return null;
        }
        KeyStore store = secrets.clientCertificate(clientCertificateId).keyStore();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                return certificate.getNotAfter().toInstant();
            }
        }
        return null;
    }

    private KeyManager[] keyManagers(Secrets secrets) throws GeneralSecurityException, SecretUnavailableException {
        if (clientCertificateId == null) {
            return null;
        }
        Secrets.ClientCertificate certificate = secrets.clientCertificate(clientCertificateId);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(certificate.keyStore(), certificate.password());
        return factory.getKeyManagers();
    }
}
