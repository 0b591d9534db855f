package io.jenkins.plugins.understack.openstack;

import hudson.model.Run;
import io.jenkins.plugins.understack.core.http.Sleeper;
import io.jenkins.plugins.understack.core.openstack.Cloud;
import io.jenkins.plugins.understack.core.openstack.OpenstackClient;
import io.jenkins.plugins.understack.core.openstack.Tokens;
import io.jenkins.plugins.understack.credentials.JenkinsSecrets;
import io.jenkins.plugins.understack.http.JenkinsHttp;
import java.time.Clock;
import java.util.function.Consumer;

/** Reaches OpenStacks. Tokens are shared by all. Thread-safe. */
public final class OpenstackHttp {
    private static final Tokens TOKENS = new Tokens(Clock.systemUTC());

    private OpenstackHttp() {}

    /**
     * @param cloud from {@code UnderstackConfiguration.get().clouds().pick(name)}
     * @param run on whose behalf the credential is used; null for none
     * @param log told in one line why a request is made again
     */
    public static OpenstackClient connect(Cloud cloud, Run<?, ?> run, Consumer<String> log) {
        return new OpenstackClient(
                cloud, new JenkinsSecrets(run), TOKENS, JenkinsHttp.client(cloud.trust(), cloud.timeout()), Sleeper.REAL, log);
    }
}
