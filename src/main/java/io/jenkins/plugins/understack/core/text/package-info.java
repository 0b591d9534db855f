/** Regular expressions with the meaning of RE2, and how values are quoted for people. */
package io.jenkins.plugins.understack.core.text;
