/** What core remembers between events and through restarts. */
package io.jenkins.plugins.understack.core.state;
