package io.jenkins.plugins.understack.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;

/**
 * Lets {@code withCredentials} and the like find what {@link BuildCredentials} keeps, by its id. It is in no list. What is found is
 * only a {@link BuildCredentialHandle}: the Credentials plugin looks up for a job, and turns what it found into what the build may use
 * afterwards.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class BuildCredentialsProvider extends CredentialsProvider {
    @Override
    public String getDisplayName() {
        return Messages.BuildCredentialsProvider_displayName();
    }

    @Override
    @SuppressWarnings("rawtypes") // as declared there
    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            Class<C> type, ItemGroup itemGroup, Authentication authentication, List<DomainRequirement> domainRequirements) {
        return List.of();
    }

    @Override
    public <C extends IdCredentials> C getCredentialByIdInItem(
            String id, Class<C> type, Item item, Authentication authentication, List<DomainRequirement> domainRequirements) {
        return type.isAssignableFrom(BuildCredentialHandle.class) && BuildCredentials.exists(id)
                ? type.cast(new BuildCredentialHandle(id))
                : null;
    }
}
