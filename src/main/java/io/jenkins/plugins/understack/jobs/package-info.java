/** The jobs of the six workflows that come with UnderStack, made for who does not want to write them. */
package io.jenkins.plugins.understack.jobs;
