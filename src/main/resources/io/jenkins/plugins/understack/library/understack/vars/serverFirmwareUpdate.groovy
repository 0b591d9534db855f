/** See serverFirmwareUpdate.txt. */
def call(Map inputs = [:]) {
    def cloud = inputs.subMap(['cloud'])
    def ironic = [service: 'baremetal', microversion: '1.92'] + cloud
    def node = openstackQuery(ironic + [uri: "/v1/nodes/${inputs.node}", query: [fields: ['uuid,provision_state']]])
    def traits = inOrder(openstackQuery(ironic + [uri: "/v1/nodes/${node.uuid}/traits"]).traits)
    boolean available = node.provision_state == 'available'
    if (!traits || !available && node.provision_state != 'manageable') {
        echo "Nothing to do: node ${inputs.node} is ${node.provision_state} and has ${traits.size()} traits for firmware"
        return []
    }
    // Before anything is changed: one that is missing stops all.
    def runbooks = []
    for (name in traits) {
        runbooks << openstackQuery(ironic + [uri: "/v1/runbooks/${name}"]).uuid
    }
    def there = [node: node.uuid] + cloud
    if (available) {
        ironicProvision(there + [target: 'manage'])
    }
    for (runbook in runbooks) {
        ironicProvision(there + [target: 'clean', runbook: runbook])
    }
    if (available) {
        ironicProvision(there + [target: 'provide'])
    }
    return traits
}

/** By the number behind CUSTOM_FIRMWARE_UPDATE_; those without one come last. */
@com.cloudbees.groovy.cps.NonCPS
private List<String> inOrder(List<String> traits) {
    return traits.findAll { it.startsWith('CUSTOM_FIRMWARE_UPDATE_') }.sort { one, other ->
        number(one) <=> number(other) ?: one <=> other
    }
}

@com.cloudbees.groovy.cps.NonCPS
private int number(String name) {
    def parts = name.split('_')
    return parts.length > 3 && parts[3].isInteger() ? parts[3].toInteger() : Integer.MAX_VALUE
}
