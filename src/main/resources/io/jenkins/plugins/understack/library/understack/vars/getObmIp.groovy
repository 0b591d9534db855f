/** See getObmIp.txt. */
def call(Map inputs = [:]) {
    def key = [hostname: inputs.hostname, deviceId: inputs.deviceId ?: inputs.device_id]
    return steps.getObmIp(key + inputs.subMap(['nautobot', 'timeoutSeconds']))
}
