package io.jenkins.plugins.understack.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.check.FormChecks;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.KeyValueLines;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.openstack.Cloud;
import io.jenkins.plugins.understack.core.openstack.OpenstackException;
import io.jenkins.plugins.understack.credentials.CredentialChoice;
import io.jenkins.plugins.understack.openstack.OpenstackHttp;
import java.time.Duration;
import java.time.Instant;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An entry of {@code openstack}: how a cloud is reached, see {@link Cloud}. */
public final class OpenstackConfig extends AbstractDescribableImpl<OpenstackConfig> {
    private String name;
    private String authUrl;
    private String credentialsId;
    private String project;
    private String projectDomain;
    private String userDomain;
    private String region;
    private String interfaceName;
    private String endpoints;
    private int timeoutSeconds = (int) Cloud.DEFAULT_TIMEOUT.toSeconds();
    private String caCertificate;
    private boolean insecureSkipVerify;

    @DataBoundConstructor
    public OpenstackConfig() {}

    /** Null stands for {@code default}. */
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** Of Keystone; null where no token is needed. */
    public String getAuthUrl() {
        return authUrl;
    }

    @DataBoundSetter
    public void setAuthUrl(String authUrl) {
        this.authUrl = Util.fixEmptyAndTrim(authUrl);
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Null for an application credential. */
    public String getProject() {
        return project;
    }

    @DataBoundSetter
    public void setProject(String project) {
        this.project = Util.fixEmptyAndTrim(project);
    }

    public String getProjectDomain() {
        return projectDomain;
    }

    @DataBoundSetter
    public void setProjectDomain(String projectDomain) {
        this.projectDomain = Util.fixEmptyAndTrim(projectDomain);
    }

    public String getUserDomain() {
        return userDomain;
    }

    @DataBoundSetter
    public void setUserDomain(String userDomain) {
        this.userDomain = Util.fixEmptyAndTrim(userDomain);
    }

    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    /** Null for public. */
    public String getInterfaceName() {
        return interfaceName;
    }

    @DataBoundSetter
    public void setInterfaceName(String interfaceName) {
        this.interfaceName = Util.fixEmptyAndTrim(interfaceName);
    }

    /** One {@code type: URL} a line. */
    public String getEndpoints() {
        return endpoints;
    }

    @DataBoundSetter
    public void setEndpoints(String endpoints) {
        this.endpoints = Util.fixEmptyAndTrim(endpoints);
    }

    public int getTimeoutSeconds() {
        return timeoutSeconds;
    }

    @DataBoundSetter
    public void setTimeoutSeconds(int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    public boolean isInsecureSkipVerify() {
        return insecureSkipVerify;
    }

    @DataBoundSetter
    public void setInsecureSkipVerify(boolean insecureSkipVerify) {
        this.insecureSkipVerify = insecureSkipVerify;
    }

    public Cloud toCore() {
        return new Cloud(
                name,
                Cloud.Login.of(authUrl, credentialsId, project, projectDomain, userDomain),
                region,
                interfaceName,
                KeyValueLines.parseText("endpoints", endpoints),
                Duration.ofSeconds(timeoutSeconds),
                new TlsTrust(caCertificate, insecureSkipVerify));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<OpenstackConfig> {
        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return CredentialChoice.of(StandardUsernamePasswordCredentials.class, credentialsId);
        }

        public ListBoxModel doFillInterfaceNameItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option("public", ""), new ListBoxModel.Option("internal"), new ListBoxModel.Option("admin"));
        }

        @POST
        public FormValidation doCheckTimeoutSeconds(@QueryParameter String value) {
            return FormChecks.central().limit(value);
        }

        @POST
        public FormValidation doCheckCaCertificate(@QueryParameter String value) {
            return FormChecks.central().certificates(value);
        }

        /** Logs in. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String name,
                @QueryParameter String authUrl,
                @QueryParameter String credentialsId,
                @QueryParameter String project,
                @QueryParameter String projectDomain,
                @QueryParameter String userDomain,
                @QueryParameter int timeoutSeconds,
                @QueryParameter String caCertificate,
                @QueryParameter boolean insecureSkipVerify)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            OpenstackConfig config = new OpenstackConfig();
            config.setName(name);
            config.setAuthUrl(authUrl);
            config.setCredentialsId(credentialsId);
            config.setProject(project);
            config.setProjectDomain(projectDomain);
            config.setUserDomain(userDomain);
            config.setTimeoutSeconds(timeoutSeconds);
            config.setCaCertificate(caCertificate);
            config.setInsecureSkipVerify(insecureSkipVerify);
            try {
                Instant end = OpenstackHttp.connect(config.toCore(), null, line -> {}).withoutRetries().test();
                return FormValidation.ok(Messages.OpenstackConfig_works(end));
            } catch (OpenstackException | InvalidFieldException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
