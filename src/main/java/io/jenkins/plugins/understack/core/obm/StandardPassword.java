package io.jenkins.plugins.understack.core.obm;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The password that a site gives to each of its BMCs: derived from one master key and the BMC's address, as UnderStack does in
 * {@code bmc_password_standard.py}: PBKDF2-HMAC-SHA256 (RFC 8018) over the key followed by the address, both UTF-8, with the
 * salt {@code NaCl}, 100000 iterations and 15 bytes, in base64: 20 characters, of which some may be {@code /} and {@code +}.
 */
public final class StandardPassword {
    /** The account that has this password. */
    public static final String USER = "root";

    private static final byte[] SALT = "NaCl".getBytes(StandardCharsets.US_ASCII);
    private static final int ITERATIONS = 100_000;
    private static final int BITS = 15 * 8;

    /** As Python's ipaddress: no leading zeros, which some read as octal. */
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

    private static final Pattern LIKE_IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private StandardPassword() {}

    /**
     * Takes tens of milliseconds.
     *
     * @param masterKey used as it is; one that was read from a file should be stripped of its line end before
     * @param address IPv4 or IPv6 in the very form it is recorded in: {@code ::1} and {@code 0:0:0:0:0:0:0:1} differ in their password
     * @throws InvalidFieldException for an empty key and for what is no address; host names are not looked up
     */
    public static ObmCredential of(String masterKey, String address) {
        if (masterKey == null || masterKey.isEmpty()) {
            throw new InvalidFieldException("masterKey", "is empty; expected the key that passwords of BMCs are derived from");
        }
        checkAddress("address", address);
        PBEKeySpec spec = new PBEKeySpec((masterKey + address).toCharArray(), SALT, ITERATIONS, BITS);
        try {
            byte[] derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
            return new ObmCredential(USER, Base64.getEncoder().encodeToString(derived));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }

    /** @throws InvalidFieldException naming {@code field} for what is no address */
    static void checkAddress(String field, String address) {
        if (address == null || !(IPV4.matcher(address).matches() || isIpv6(address))) {
            throw new InvalidFieldException(
                    field,
                    (address == null || address.isEmpty() ? "is empty" : "\"" + address + "\" is no IP address")
                            + "; expected for example 10.3.2.30, without blanks");
        }
    }

    private static boolean isIpv6(String text) {
        try {
            // With a colon in it Java asks no name server.
            return LIKE_IPV6.matcher(text).matches() && InetAddress.getByName(text) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
