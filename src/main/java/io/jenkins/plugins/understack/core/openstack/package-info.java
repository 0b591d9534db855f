/**
 * OpenStack's services. An {@link io.jenkins.plugins.understack.core.openstack.OpenstackClient} asks one of a {@link
 * io.jenkins.plugins.understack.core.openstack.Cloud}, with a token of its Keystone (Identity API v3) or, where Ironic stands alone,
 * without; {@link io.jenkins.plugins.understack.core.openstack.Provisioning} brings a node of Ironic into another state. Nothing here waits
 * for a node.
 */
package io.jenkins.plugins.understack.core.openstack;
