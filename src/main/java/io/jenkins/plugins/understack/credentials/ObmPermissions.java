package io.jenkins.plugins.understack.credentials;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What this plugin adds to the permissions of Jenkins. */
@Restricted(NoExternalUse.class)
public final class ObmPermissions {
    public static final PermissionGroup GROUP = new PermissionGroup(ObmPermissions.class, Messages._ObmPermissions_group());

    /** To be shown the log-ins that a build offers. Nobody but administrators has it without being granted it. */
    public static final Permission SHOW = new Permission(
            GROUP, "ShowObmCredentials", Messages._ObmPermissions_show(), Jenkins.ADMINISTER, PermissionScope.RUN);

    private ObmPermissions() {}

    /** Calling it loads this class, before whoever reads the permissions of users by their names. */
    @Initializer(before = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void register() {}
}
