package io.jenkins.plugins.understack.core.http;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which certificates of a server are believed. Without anything set, those that the JVM trusts; and always only for the host
 * that they name, but where {@code insecureSkipVerify} is set.
 *
 * @param caCertificate PEM text of the authorities to trust instead, or null
 * @param insecureSkipVerify trust any certificate of any host: only for a laboratory
 */
public record TlsTrust(String caCertificate, boolean insecureSkipVerify) {
    public static final TlsTrust DEFAULT = new TlsTrust(null, false);

    /** @throws InvalidFieldException of {@code caCertificate} or {@code insecureSkipVerify} */
    public TlsTrust {
        // A form makes its own ends of lines.
        caCertificate = caCertificate == null ? null : Fields.optional(caCertificate.replace("\r\n", "\n"));
        if (caCertificate != null) {
            certificates(caCertificate);
            if (insecureSkipVerify) {
                throw new InvalidFieldException("insecureSkipVerify", "is set beside caCertificate; expected one of the two");
            }
        }
    }

    public boolean isDefault() {
        return equals(DEFAULT);
    }

    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    /** For a context with a client certificate; null stands for those of the JVM. */
    public TrustManager[] managers() throws GeneralSecurityException {
        if (insecureSkipVerify) {
            return new TrustManager[] {new TrustEverything()};
        }
        if (caCertificate == null) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(keyStore());
        return factory.getTrustManagers();
    }

    private KeyStore keyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read here", e);
        }
        int number = 0;
        for (Certificate certificate : certificates(caCertificate)) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        return store;
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
        throw new InvalidFieldException("caCertificate", "holds no certificate; expected PEM text, -----BEGIN CERTIFICATE----- …");
    }

    /** An "extended" one is asked for the host name too, so that Java does not check it on its own. */
    private static final class TrustEverything extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
            throw new CertificateException("not for clients");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            throw new CertificateException("not for clients");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("not for clients");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
