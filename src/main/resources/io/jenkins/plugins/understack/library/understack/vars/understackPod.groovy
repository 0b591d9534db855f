/** See understackPod.txt. */
def call(Map settings, Closure body) {
    boolean looksUp = settings.workflow in ['get-device-nautobot', 'get-obm-ip', 'nautobot-api']
    def yaml = """\
        apiVersion: v1
        kind: Pod
        spec:
          serviceAccountName: '${settings.serviceAccount ?: looksUp ? 'workflow-nautobot' : 'workflow-obm'}'
          automountServiceAccountToken: false
          containers:
          - name: jnlp
            resources:
              limits:
                cpu: '${settings.cpu ?: '1'}'
                memory: '${settings.memory ?: '512Mi'}'
        """.stripIndent()
    if (settings.image) {
        yaml = yaml.replace('- name: jnlp', "- name: jnlp\n    image: '${settings.image}'")
    }
    podTemplate(inheritFrom: settings.workflow, yaml: yaml) {
        node(POD_LABEL) {
            body()
        }
    }
}
