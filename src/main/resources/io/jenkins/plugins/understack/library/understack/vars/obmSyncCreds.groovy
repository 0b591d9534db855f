/** See obmSyncCreds.txt. */
def call(Map inputs = [:]) {
    def key = [hostname: inputs.hostname, deviceId: inputs.deviceId ?: inputs.device_id]
    String bmc = inputs.device ?: inputs.ip ?: getObmIp(key)
    String credentials = inputs.credentials ?: getObmCreds(key.hostname || key.deviceId ? key : [ip: bmc])
    def sync = [device: bmc, credentials: credentials]
    def result = steps.obmSyncCreds(sync + inputs.subMap(['oldCredentials', 'dryRun', 'timeoutMinutes']))
    String port = inputs.networkBoot ?: inputs['network-boot']
    if (port && !inputs.dryRun) {
        // Only now does the BMC take these credentials for certain. In Argo both ran at the same time.
        def settings = [PxeDev1EnDis: 'Enabled', PxeDev1Interface: port, HttpDev1Interface: port]
        steps.obmBiosSettings(device: bmc, credentials: credentials, settings: settings, reboot: true)
    }
    return result
}
