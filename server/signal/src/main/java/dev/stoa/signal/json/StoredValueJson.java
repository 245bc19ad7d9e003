package dev.stoa.signal.json;

import dev.stoa.rooms.live.StoredValue;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Values of the session store as the protocol writes them (sections 2.12 and 3.6.3).
final class StoredValueJson {
    private StoredValueJson() {}

    static ObjectNode write(JsonMapper json, StoredValue value) {
        ObjectNode node = json.createObjectNode().put("key", value.key());
        String data = value.data();
        if (data == null) {
            node.putNull("data");
        } else {
            node.set("data", json.readTree(data));
        }
        String by = value.updatedBy();
        if (by != null) {
            node.put("updated_at", value.updatedAtMs()).put("updated_by", by).put("change_version", value.version());
        }
        return node;
    }
}
