/** See nautobotApi.txt. */
def call(Map inputs = [:]) {
    def request = [method: inputs.method ?: 'GET', uri: inputs.uri]
    return nautobotQuery(request + inputs.subMap(['query', 'body', 'all', 'nautobot', 'timeoutSeconds']))
}
