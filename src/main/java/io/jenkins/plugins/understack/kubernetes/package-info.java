/** The steps that hand over Secrets, and their removal. What goes over the wire is in {@code core.kubernetes}. */
package io.jenkins.plugins.understack.kubernetes;
