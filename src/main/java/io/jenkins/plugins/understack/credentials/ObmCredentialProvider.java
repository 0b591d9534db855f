package io.jenkins.plugins.understack.credentials;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmCredentialException;
import io.jenkins.plugins.understack.core.obm.ObmDevice;
import java.util.Optional;

/**
 * Where log-ins of BMCs come from. Sites write their own in a plugin: a subclass with {@code @DataBoundConstructor} and a {@code
 * Descriptor} with {@code @Extension}, {@code @Symbol} and a {@code config.jelly}; it is then offered in the configuration ({@code
 * obm.providers}), in the form as well as by Configuration as Code.
 *
 * <p>Asked anew for each use, so that a rotated value is used at once. Thread-safe.
 */
public abstract class ObmCredentialProvider extends AbstractDescribableImpl<ObmCredentialProvider> implements ExtensionPoint {
    /** @throws InvalidFieldException naming the field that cannot be used; called before the configuration is saved */
    public void check() {}

    /**
     * Called in a thread that may wait, on behalf of a build.
     *
     * @param device asks Nautobot only for what is read of it
     * @param run the build; use it to look credentials up, and {@code CredentialsProvider.track} it
     * @return empty where this provider has none for the device, so that the next rule is asked
     * @throws ObmCredentialException where it should have one and does not get it; its message is shown in the log of the build. In the
     *     middle of an update a passing one ({@link ObmCredentialException#isPassing}) is waited out, any other fails the step
     */
    public abstract Optional<ObmCredential> find(ObmDevice device, Run<?, ?> run) throws ObmCredentialException, InterruptedException;
}
