/** Log-ins of BMCs (out-of-band management, OBM): what they are and how they are found. */
package io.jenkins.plugins.understack.core.obm;
