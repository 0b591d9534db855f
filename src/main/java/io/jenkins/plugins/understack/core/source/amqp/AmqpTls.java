package io.jenkins.plugins.understack.core.source.amqp;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

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
        if (caCertificate != null) {
            certificates(caCertificate);
            if (insecureSkipVerify) {
                throw new InvalidFieldException(
                        "tls.insecureSkipVerify", "is set beside caCertificate; expected one of the two");
            }
        }
    }

    SSLContext context(Secrets secrets) throws GeneralSecurityException, IOException, SecretUnavailableException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(secrets), trustManagers(), null);
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

    private TrustManager[] trustManagers() throws GeneralSecurityException, IOException {
        if (insecureSkipVerify) {
            return new TrustManager[] {new com.rabbitmq.client.TrustEverythingTrustManager()};
        }
        if (caCertificate == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates(caCertificate)) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static Collection<? extends Certificate> certificates(String pem) {
        try {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException e) {
            // Answered below: Java's message speaks of DER tags.
        }
        throw new InvalidFieldException(
                "tls.caCertificate", "holds no certificate; expected PEM text, -----BEGIN CERTIFICATE----- …");
    }
}
