/** Converts manifests of Argo Events into a configuration of ours, and reports what became of every field. */
package io.jenkins.plugins.understack.workbench.argo;
