package dev.stoa.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stoa.rooms.room.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The one JSON mapper of the API, with limits against hostile input. Absent parts of records are left out.
public final class ApiJson {
    private static final int MAX_DEPTH = 64;
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(64)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private ApiJson() {}

    public static String write(Object value) {
        return JSON.writeValueAsString(value);
    }

    /// What a JSON text of ours says: maps, lists, texts, numbers, flags.
    public static Object value(String json) {
        return JSON.readValue(json, Object.class);
    }

    /// @throws tools.jackson.core.JacksonException no JSON object
    static Map<String, Object> readObject(byte[] utf8) {
        return JSON.readValue(utf8, OBJECT);
    }

    /// @throws tools.jackson.core.JacksonException no JSON array
    static List<?> readList(byte[] utf8) {
        return JSON.readValue(utf8, List.class);
    }

    /// `{"limit", "data", "last"}`.
    public static <T> Map<String, Object> page(Page<T> page, Function<T, Map<String, Object>> element) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("limit", page.limit());
        json.put("data", page.data().stream().map(element).toList());
        json.put("last", page.last());
        return json;
    }

    /// `{"code", "message", "details"}`.
    static String error(int status, String message, List<String> details) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", status);
        json.put("message", message);
        if (!details.isEmpty()) {
            json.put("details", details);
        }
        return JSON.writeValueAsString(json);
    }
}
