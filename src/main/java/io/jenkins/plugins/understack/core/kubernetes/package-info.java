/**
 * Hand-over Secrets: what one stage of a build gives to the pods of others without passing through build data. In the cluster they
 * are Secrets that Kubernetes removes with the pod or the build that made them.
 */
package io.jenkins.plugins.understack.core.kubernetes;
