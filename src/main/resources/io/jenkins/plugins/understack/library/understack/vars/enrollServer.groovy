/** See enrollServer.txt. */
def call(Map inputs = [:]) {
    def key = [hostname: inputs.hostname, deviceId: inputs.deviceId ?: inputs.device_id]
    String address = inputs.ip ?: inputs.ip_address ?: getObmIp(key)
    String credentials = inputs.credentials ?: getObmCreds(key.hostname || key.deviceId ? key : [ip: address])
    def bmc = [device: address, credentials: credentials]
    def cloud = inputs.subMap(['cloud'])
    def ironic = [service: 'baremetal', microversion: '1.70'] + cloud

    obmSyncCreds(bmc + inputs.subMap(['oldCredentials']))
    def server = obmInventory(bmc)
    boolean dell = server.manufacturer == 'Dell'
    // What others tell as SKU is the model's: two servers would be one node.
    String name = "${server.manufacturer}-${dell ? server.serial : server.serialNumber}"
    if (!(name ==~ /[A-Za-z]+-[A-Za-z0-9]+/) || name.endsWith('-null')) {
        error "enrollServer: ${address}: \"${name}\" is no name for a node; expected that the BMC tells manufacturer and serial"
    }
    def known = openstackQuery(ironic + [uri: "/v1/nodes/${name}", optional: true])
    if (known && !(known.provision_state in ['clean failed', 'inspect failed', 'enroll', 'manageable'])) {
        error "enrollServer: node ${name} is ${known.provision_state}; expected clean failed, inspect failed, enroll or manageable, or no node"
    }
    obmBmcSettings(bmc + [bmcHostname: name] + (dell ? [settings: bmcSettings(inputs)] : [:]))

    def wanted = nodeData(name, dell, address, inputs.externalCmdbId ?: inputs.external_cmdb_id)
    def fill = ironic + [credentials: credentials]
    String uuid = known?.uuid ?: openstackQuery(fill + [method: 'POST', uri: '/v1/nodes', body: wanted]).uuid
    def node = [node: uuid] + cloud
    String path = "/v1/nodes/${uuid}"
    ironicProvision(node + [target: 'manage'])
    if (known) {
        openstackQuery(fill + [method: 'PATCH', uri: path, body: patch(wanted)])
    }

    // By the BMC: the ports with their names. By an agent in the server: which of them is connected to boot from.
    ironicProvision(node + [target: 'inspect'])
    String port = pxePort(openstackQuery(ironic + [uri: "${path}/ports", query: [detail: true]]).ports)
    if (port) {
        obmBiosSettings(bmc + [settings: biosSettings(port)])
    }
    String virtualMedia = dell ? 'idrac-redfish-virtual-media' : 'redfish-virtual-media'
    def agent = [inspect_interface: 'agent', boot_interface: port ? wanted.boot_interface : virtualMedia]
    openstackQuery(ironic + [method: 'PATCH', uri: path, body: patch(agent)])
    ironicProvision(node + [target: 'inspect'])
    openstackQuery(ironic + [method: 'PATCH', uri: path, body: patch(wanted.subMap(['inspect_interface', 'boot_interface']))])
    port = pxePort(openstackQuery(ironic + [uri: "${path}/ports", query: [detail: true]]).ports)
    if (!port) {
        error "enrollServer: node ${name} has no port to boot from after two inspections; expected one with pxe_enabled and extra.bios_name"
    }
    obmBiosSettings(bmc + [settings: biosSettings(port)])

    def raid = "${inputs.raid ?: inputs.raid_configure}" == 'false' ? [] : logicalDisks(server.disks)
    if (raid) {
        openstackQuery(ironic + [method: 'PUT', uri: "${path}/states/raid", body: [logical_disks: raid]])
        def steps = ['delete_configuration', 'create_configuration'].collect { [interface: 'raid', step: it] }
        ironicProvision(node + [target: 'clean', cleanSteps: steps, disableRamdisk: true])
        ironicProvision(node + [target: 'inspect'])
    }
    if ("${inputs.firmware ?: inputs.firmware_update}" == 'true') {
        serverFirmwareUpdate(node)
    }
    ironicProvision(node + [target: 'provide'])
    return [uuid: uuid, name: name]
}

/** What Ironic is to know of a node; $USERNAME and $PASSWORD are filled in by the step. */
private Map nodeData(String name, boolean dell, String address, String externalCmdbId) {
    return [
        name: name,
        driver: dell ? 'idrac' : 'redfish',
        driver_info: [
            redfish_address: address.contains('://') ? address : "https://${address}".toString(),
            redfish_verify_ca: false,
            redfish_username: '$USERNAME',
            redfish_password: '$PASSWORD',
        ],
        boot_interface: 'http-ipxe',
        deploy_interface: 'direct',
        inspect_interface: dell ? 'idrac-redfish' : 'redfish',
    ] + (externalCmdbId ? [extra: [external_cmdb_id: externalCmdbId]] : [:])
}

/** As JSON Patch; of maps field by field, so that what else is in them stays. */
@com.cloudbees.groovy.cps.NonCPS
private List patch(Map wanted, String path = '') {
    return wanted.collectMany { field, value ->
        value instanceof Map ? patch(value, "${path}/${field}") : [[op: 'add', path: "${path}/${field}".toString(), value: value]]
    }
}

/** The name in the BIOS of the port to boot from; a network "enrol" is only a placeholder. */
@com.cloudbees.groovy.cps.NonCPS
private String pxePort(List ports) {
    return ports.find { it.pxe_enabled && it.extra?.bios_name && it.physical_network != 'enrol' }?.extra?.bios_name
}

/** Disks of the same controller and size become one: alone level 0, two level 1, more level 5. The system goes to the first. */
@com.cloudbees.groovy.cps.NonCPS
private List logicalDisks(List disks) {
    def logical = []
    disks.findAll { it.controller?.contains('RAID') }.groupBy { [it.controller, it.capacityBytes] }.values().each { same ->
        logical << [
            controller: same[0].controller,
            is_root_volume: logical.isEmpty(),
            physical_disks: same*.id,
            raid_level: same.size() == 1 ? '0' : same.size() == 2 ? '1' : '5',
            size_gb: 'MAX',
        ]
    }
    return logical
}

/** With the clock of the network on, an iDRAC refuses that of Ironic, and the node never becomes manageable. */
private Map bmcSettings(Map inputs) {
    def settings = [
        'SNMP.1.AgentEnable': 'Enabled',
        'SNMP.1.SNMPProtocol': 'All',
        'SNMP.1.AgentCommunity': 'public',
        'SNMP.1.AlertPort': 161,
        'SwitchConnectionView.1.Enable': 'Enabled',
        'NTPConfigGroup.1.NTPEnable': 'Disabled',
        'Time.1.Timezone': 'UTC',
    ]
    return settings + (inputs.dns1 ? ['IPv4.1.DNS1': inputs.dns1] : [:]) + (inputs.dns2 ? ['IPv4.1.DNS2': inputs.dns2] : [:])
}

/** The names are Dell's; what a BIOS does not offer is left out. */
private Map biosSettings(String port) {
    return [
        HttpDev1TlsMode: 'None',
        TimeZone: 'UTC',
        'OS-BMC.1.AdminState': 'Disabled',
        'IPMILan.1.Enable': 'Disabled',
        SecureBoot: 'Disabled',
        PxeDev1EnDis: 'Disabled',
        HttpDev1EnDis: 'Enabled',
        HttpDev2EnDis: 'Disabled',
        HttpDev3EnDis: 'Disabled',
        HttpDev4EnDis: 'Disabled',
        HttpDev1Interface: port,
    ]
}
