/**
 * One small layer over the JDK's HTTP client, for everything that we ask of others: {@link
 * io.jenkins.plugins.understack.core.http.HttpCaller} makes one call with a limit in time and size and repeats it by rules,
 * {@link io.jenkins.plugins.understack.core.http.TlsTrust} says whom it believes.
 */
package io.jenkins.plugins.understack.core.http;
