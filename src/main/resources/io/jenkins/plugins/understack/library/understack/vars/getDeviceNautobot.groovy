/** See getDeviceNautobot.txt. */
def call(Map inputs = [:]) {
    def key = [hostname: inputs.hostname, deviceId: inputs.deviceId ?: inputs.device_id]
    return getDevice(key + inputs.subMap(['nautobot', 'timeoutSeconds']))
}
