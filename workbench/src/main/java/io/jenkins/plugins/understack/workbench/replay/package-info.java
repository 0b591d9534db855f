/** Events that a controller has recorded, run again through changed sensors; nothing is started. */
package io.jenkins.plugins.understack.workbench.replay;
