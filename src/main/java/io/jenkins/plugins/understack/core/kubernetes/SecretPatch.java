package io.jenkins.plugins.understack.core.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON merge patch (RFC 7396): what it does not name stays, null removes. */
final class SecretPatch {
    static final PatchContext CONTEXT = PatchContext.of(PatchType.JSON_MERGE);

    private SecretPatch() {}

    /** Leaves these data and no others. */
    static String of(ObjectMeta metadata, Map<String, String> base64, Secret there) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (there.getData() != null) {
            there.getData().keySet().forEach(key -> data.put(key, null));
        }
        data.putAll(base64);
        List<OwnerReference> owners = metadata.getOwnerReferences();
        return Serialization.asJson(Map.of(
                "metadata",
                Map.of("labels", metadata.getLabels(), "annotations", metadata.getAnnotations(), "ownerReferences", owners),
                "data",
                data));
    }
}
