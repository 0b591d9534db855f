/** See getObmCreds.txt. */
def call(Map inputs = [:]) {
    return steps.getObmCreds(hostname: inputs.hostname, deviceId: inputs.deviceId ?: inputs.device_id, ip: inputs.ip ?: null)
}
