/** See getDeviceNautobot.txt. */
def call(Map inputs = [:]) {
    String hostname = inputs.hostname
    if (!hostname) {
        error 'getDeviceNautobot: hostname is missing; expected the name of a device in Nautobot'
    }
    def found = nautobotQuery(method: 'GET', uri: '/dcim/devices/?name=' + java.net.URLEncoder.encode(hostname, 'UTF-8'))
    if (found.results.size() != 1) {
        error 'getDeviceNautobot: expected one device named "' + hostname + '" in Nautobot, found ' + found.results.size()
    }
    return found.results[0]
}
