/** See obmFirmwareUpdate.txt. */
def call(Map inputs = [:]) {
    def key = [hostname: inputs.hostname, deviceId: inputs.deviceId ?: inputs.device_id]
    String bmc = inputs.device ?: inputs.ip ?: getObmIp(key)
    String credentials = inputs.credentials ?: getObmCreds(key.hostname || key.deviceId ? key : [ip: bmc])
    def update = [device: bmc, credentials: credentials, url: inputs.url ?: inputs['firmware-url'], sha256: inputs.sha256]
    return steps.obmFirmwareUpdate(update + inputs.subMap(['targets', 'timeoutMinutes']))
}
