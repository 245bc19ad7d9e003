package dev.stoa.rooms.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of one untrusted object (maps, lists, strings, numbers, booleans, null as a JSON parser gives them).
/// Reading never throws: a field of the wrong type reads as absent, and a sentence is added to [#problems()].
/// A null counts as absent.
public final class Fields {
    private final Map<?, ?> values;
    private final String path;
    private final List<String> problems;

    private Fields(Map<?, ?> values, String path, List<String> problems) {
        this.values = values;
        this.path = path;
        this.problems = problems;
    }

    public static Fields of(Map<String, Object> values) {
        return new Fields(values, "", new ArrayList<>());
    }

    /// All problems of this object, its parents and children.
    public List<String> problems() {
        return problems;
    }

    public void problem(String key, String what) {
        problems.add("Invalid body param: " + path + key + " " + what);
    }

    /// True when the key is there, even with null.
    public boolean given(String key) {
        return values.containsKey(key);
    }

    /// True when there is nothing, or null.
    public boolean isAbsent(String key) {
        return values.get(key) == null;
    }

    public boolean isObject(String key) {
        return values.get(key) instanceof Map<?, ?>;
    }

    public boolean isList(String key) {
        return values.get(key) instanceof List<?>;
    }

    public List<String> keys() {
        return values.keySet().stream().map(String::valueOf).toList();
    }

    public @Nullable String text(String key, int maxLength) {
        Object value = values.get(key);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            problem(key, "must be a string");
            return null;
        }
        if (text.length() > maxLength) {
            problem(key, "is longer than " + maxLength + " characters");
            return null;
        }
        return text;
    }

    /// One of the given words.
    public @Nullable String word(String key, List<String> words) {
        String text = text(key, 64);
        if (text != null && !words.contains(text)) {
            problem(key, "must be one of " + String.join(", ", words));
            return null;
        }
        return text;
    }

    public @Nullable Boolean flag(String key) {
        Object value = values.get(key);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        problem(key, "must be a boolean");
        return null;
    }

    public boolean flag(String key, boolean otherwise) {
        Boolean value = flag(key);
        return value == null ? otherwise : value;
    }

    public @Nullable Integer integer(String key) {
        Object value = values.get(key);
        if (value == null || value instanceof Integer) {
            return (Integer) value;
        }
        problem(key, "must be an integer");
        return null;
    }

    /// @param min inclusive
    /// @param max inclusive
    public int integer(String key, int min, int max, int otherwise) {
        Integer value = integer(key);
        if (value == null) {
            return otherwise;
        }
        if (value < min || value > max) {
            problem(key, "must be between " + min + " and " + max);
            return otherwise;
        }
        return value;
    }

    /// @param min inclusive
    /// @param max inclusive
    public double number(String key, double min, double max, double otherwise) {
        Object value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number && number.doubleValue() >= min && number.doubleValue() <= max) {
            return number.doubleValue();
        }
        problem(key, "must be a number between " + min + " and " + max);
        return otherwise;
    }

    public @Nullable Fields object(String key) {
        Object value = values.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            return new Fields(map, path + key + ".", problems);
        }
        problem(key, "must be an object");
        return null;
    }

    /// The object under a key as it came.
    public @Nullable Map<String, Object> map(String key) {
        Fields object = object(key);
        return object == null ? null : object.asMap();
    }

    @SuppressWarnings("unchecked") // keys of parsed JSON objects are strings
    public Map<String, Object> asMap() {
        return (Map<String, Object>) values;
    }

    public @Nullable List<Fields> objects(String key) {
        List<?> list = list(key);
        if (list == null) {
            return null;
        }
        List<Fields> objects = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> map) {
                objects.add(new Fields(map, path + key + "[" + i + "].", problems));
            } else {
                problem(key + "[" + i + "]", "must be an object");
            }
        }
        return objects;
    }

    /// @return whole numbers of 0 and more
    public @Nullable List<Integer> integers(String key) {
        List<?> list = list(key);
        if (list == null) {
            return null;
        }
        List<Integer> integers = new ArrayList<>();
        for (Object element : list) {
            if (element instanceof Integer integer && integer >= 0) {
                integers.add(integer);
            } else {
                problem(key, "must be an array of integers");
                return null;
            }
        }
        return List.copyOf(integers);
    }

    public @Nullable List<String> texts(String key) {
        List<?> list = list(key);
        if (list == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Object element : list) {
            if (element instanceof String text) {
                texts.add(text);
            } else {
                problem(key, "must be an array of strings");
                return null;
            }
        }
        return List.copyOf(texts);
    }

    private @Nullable List<?> list(String key) {
        Object value = values.get(key);
        if (value == null || value instanceof List<?>) {
            return (List<?>) value;
        }
        problem(key, "must be an array");
        return null;
    }
}
