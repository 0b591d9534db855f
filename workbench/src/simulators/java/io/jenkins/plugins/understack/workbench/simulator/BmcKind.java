package io.jenkins.plugins.understack.workbench.simulator;

/** What a {@link BmcSimulator} looks like: names and ids differ, the standard is the same. */
public enum BmcKind {
    IDRAC("Dell", "Dell Inc.", "System.Embedded.1", "iDRAC.Embedded.1", ""),
    ILO("Hpe", "HPE", "1", "1", "/");

    /** Key of the vendor's own data, below {@code Oem}. */
    final String oem;

    final String manufacturer;
    final String system;
    final String manager;
    /** iLO ends its addresses with a slash. */
    final String slash;

    BmcKind(String oem, String manufacturer, String system, String manager, String slash) {
        this.oem = oem;
        this.manufacturer = manufacturer;
        this.system = system;
        this.manager = manager;
        this.slash = slash;
    }

    String systemPath() {
        return "/redfish/v1/Systems/" + system;
    }

    String managerPath() {
        return "/redfish/v1/Managers/" + manager;
    }
}
