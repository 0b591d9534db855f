/**
 * {@code serializeBy}, {@code coalesceBy}, {@code delay}, {@code limit} and {@code hold}, by means of Jenkins' own queue: what may not
 * begin yet waits there, blocked, and says for what. No thread waits, and the queue survives a restart.
 */
package io.jenkins.plugins.understack.queue;
