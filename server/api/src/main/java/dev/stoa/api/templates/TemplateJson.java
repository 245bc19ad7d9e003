package dev.stoa.api.templates;

import dev.stoa.api.http.Times;
import dev.stoa.rooms.input.Secrets;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.template.TemplateSettings;
import dev.stoa.rooms.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Templates as the API shows them: in camel case, unlike everything else.
final class TemplateJson {
    private TemplateJson() {}

    /// How rooms are recorded; switches that are off are left out, as the public API does it.
    static List<?> recordings(Template template) {
        return template.settings().get(TemplateSettings.RECORDINGS) instanceof List<?> configs
                ? configs.stream().map(TemplateJson::withoutOff).toList()
                : List.of();
    }

    private static Object withoutOff(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value == null ? Map.of() : value;
        }
        Map<Object, Object> shown = new LinkedHashMap<>();
        map.forEach((key, inner) -> {
            if (inner != null && !Boolean.FALSE.equals(inner)) {
                shown.put(key, withoutOff(inner));
            }
        });
        return shown;
    }

    static Map<String, Object> template(Workspace workspace, Template template) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", template.id());
        json.put("_id", template.id());
        json.put("name", template.name());
        json.put("customerId", workspace.id());
        json.put("customer", workspace.id());
        json.put("appId", workspace.appId());
        json.put("default", template.isDefault());
        json.put("roles", template.roles());
        json.put("settings", Secrets.masked(template.settings()));
        json.put("destinations", template.destinations());
        json.put("plugins", template.plugins());
        json.put("createdAt", Times.text(template.createdAt()));
        json.put("updatedAt", Times.text(template.updatedAt()));
        return json;
    }
}
