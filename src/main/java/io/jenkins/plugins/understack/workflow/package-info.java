/** Workflows for people and programs that know Argo's: submitted, shown, waited for, retried and stopped, by Jenkins' CLI and by REST. */
package io.jenkins.plugins.understack.workflow;
