package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code kubernetes: {cloud, namespace}}: the cluster for what does not run on an agent in a pod. */
public final class KubernetesConfig extends AbstractDescribableImpl<KubernetesConfig> {
    private String cloud;
    private String namespace;

    @DataBoundConstructor
    public KubernetesConfig() {}

    /** Name of a cloud of the Kubernetes plugin; null for the cluster that the controller runs in, or that of its kubeconfig. */
    public String getCloud() {
        return cloud;
    }

    @DataBoundSetter
    public void setCloud(String cloud) {
        this.cloud = Util.fixEmptyAndTrim(cloud);
    }

    /** Null for that of the cloud or of the controller's service account. */
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<KubernetesConfig> {}
}
