/** What a server is and has, as its BMC tells it, in the words of UnderStack's {@code bmc_chassis_info.py} and {@code bmc_disk.py}. */
package io.jenkins.plugins.understack.core.redfish.inventory;
