package dev.stoa.store;

import dev.stoa.rooms.poll.PollInfo;
import dev.stoa.rooms.poll.PollQuestion;
import dev.stoa.rooms.template.Role;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Structures kept as JSON text.
final class JsonColumns {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<Map<String, Role>> ROLES = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXT_MAP = new TypeReference<>() {};
    private static final TypeReference<List<Integer>> INTEGERS = new TypeReference<>() {};
    private static final TypeReference<List<PollQuestion>> POLL_QUESTIONS = new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    /// Rows of an older version lack fields that came later; they read as 0 or false.
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private JsonColumns() {}

    static String write(Object value) {
        return JSON.writeValueAsString(value);
    }

    static @Nullable String writeOptional(@Nullable Object value) {
        return value == null ? null : JSON.writeValueAsString(value);
    }

    static Map<String, Object> object(String json) {
        return JSON.readValue(json, OBJECT);
    }

    static @Nullable Map<String, Object> optionalObject(@Nullable String json) {
        return json == null ? null : JSON.readValue(json, OBJECT);
    }

    static Map<String, Role> roles(String json) {
        return JSON.readValue(json, ROLES);
    }

    static Map<String, String> textMap(String json) {
        return JSON.readValue(json, TEXT_MAP);
    }

    static List<Integer> integers(String json) {
        return JSON.readValue(json, INTEGERS);
    }

    static PollInfo pollInfo(String json) {
        return JSON.readValue(json, PollInfo.class);
    }

    static List<PollQuestion> pollQuestions(String json) {
        return JSON.readValue(json, POLL_QUESTIONS);
    }

    static <T> List<T> list(String json, Class<T[]> type) {
        return List.of(JSON.readValue(json, type));
    }

    static List<String> texts(String json) {
        return JSON.readValue(json, TEXTS);
    }
}
