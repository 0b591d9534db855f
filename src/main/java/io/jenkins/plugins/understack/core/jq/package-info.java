/**
 * Programs in jq, bounded in time, steps and memory, because authors of jobs write them. Short ones run on the caller's thread, all
 * others on threads of their own, from which they can be taken away.
 */
package io.jenkins.plugins.understack.core.jq;
