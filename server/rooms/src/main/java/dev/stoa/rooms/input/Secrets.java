package dev.stoa.rooms.input;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Storage credentials inside kept structures: never shown, and not lost when what was shown is sent back.
public final class Secrets {
    public static final String MASK = "********";

    private static final Set<String> KEYS = Set.of("secret", "secretKey");

    private Secrets() {}

    /// A copy fit to be shown.
    public static Map<String, Object> masked(Map<String, Object> value) {
        Map<String, Object> result = new LinkedHashMap<>();
        value.forEach((key, inner) -> result.put(
                key,
                KEYS.contains(key) && inner instanceof String
                        ? MASK
                        : inner instanceof Map<?, ?> map ? masked(strings(map)) : inner));
        return result;
    }

    /// A copy in which each mask gives way to the secret that it stood for.
    public static Map<String, Object> restored(Map<String, Object> given, @Nullable Map<String, Object> old) {
        if (old == null) {
            return given;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        given.forEach((key, inner) -> {
            Object before = old.get(key);
            if (MASK.equals(inner) && KEYS.contains(key) && before != null) {
                result.put(key, before);
            } else if (inner instanceof Map<?, ?> map && before instanceof Map<?, ?> oldMap) {
                result.put(key, restored(strings(map), strings(oldMap)));
            } else {
                result.put(key, inner);
            }
        });
        return result;
    }

    @SuppressWarnings("unchecked") // keys of parsed JSON objects are strings
    private static Map<String, Object> strings(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
