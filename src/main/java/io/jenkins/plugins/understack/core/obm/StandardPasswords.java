package io.jenkins.plugins.understack.core.obm;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import java.util.Optional;

/** {@link StandardPassword} for every BMC, from a master key that is read anew each time. */
public final class StandardPasswords implements ObmSource {
    private final String masterKeyCredentialsId;
    private final String userName;
    private final Secrets secrets;

    /**
     * @param masterKeyCredentialsId secret text; line ends and blanks around it are not part of the key
     * @param userName null for {@link StandardPassword#USER}
     */
    public StandardPasswords(String masterKeyCredentialsId, String userName, Secrets secrets) {
        this.masterKeyCredentialsId = Fields.required("masterKeyCredentialsId", masterKeyCredentialsId);
        this.userName = Fields.optional(userName) == null ? StandardPassword.USER : userName.strip();
        this.secrets = secrets;
    }

    @Override
    public Optional<ObmCredential> find(ObmDevice device) throws ObmCredentialException, InterruptedException {
        try {
            String password = StandardPassword.of(secrets.text(masterKeyCredentialsId).strip(), device.address()).password();
            return Optional.of(new ObmCredential(userName, password));
        } catch (SecretUnavailableException e) {
            throw new ObmCredentialException(device + ": masterKeyCredentialsId: " + e.getMessage());
        } catch (InvalidFieldException e) {
            throw new ObmCredentialException(device + ": standard password: credential \"" + masterKeyCredentialsId + "\", " + e.getMessage());
        }
    }
}
