package dev.stoa.signal.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the fields of one `params` object and remembers the first one that is wrong.
///
/// A reader asks for all fields it needs and looks at [#problem()] once at the end.
final class Fields {
    private final JsonNode params;
    private @Nullable String problem;

    Fields(JsonNode params) {
        this.params = params;
    }

    @Nullable
    String problem() {
        return problem;
    }

    void fail(String reason) {
        if (problem == null) {
            problem = reason;
        }
    }

    /// A string that must be there.
    String text(String name, int maxLength) {
        JsonNode node = params.path(name);
        if (!node.isString()) {
            fail(name + " is missing or not a string");
            return "";
        }
        return bounded(name, node.stringValue(), maxLength);
    }

    /// A string that may be absent or null.
    @Nullable
    String optionalText(String name, int maxLength) {
        JsonNode node = params.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        return text(name, maxLength);
    }

    String textOr(String name, int maxLength, String fallback) {
        String value = optionalText(name, maxLength);
        return value == null ? fallback : value;
    }

    boolean flag(String name) {
        JsonNode node = params.path(name);
        if (!node.isBoolean()) {
            fail(name + " is missing or not a boolean");
            return false;
        }
        return node.booleanValue();
    }

    boolean flagOr(String name, boolean fallback) {
        JsonNode node = params.path(name);
        return node.isMissingNode() || node.isNull() ? fallback : flag(name);
    }

    int integerOr(String name, int fallback) {
        JsonNode node = params.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return fallback;
        }
        if (!node.isInt()) {
            fail(name + " is not an integer");
            return fallback;
        }
        return node.intValue();
    }

    /// A whole number that may be absent or null.
    @Nullable
    Long optionalInteger(String name) {
        JsonNode node = params.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            fail(name + " is not an integer");
            return null;
        }
        return node.longValue();
    }

    long longOr(String name, long fallback) {
        Long value = optionalInteger(name);
        return value == null ? fallback : value;
    }

    /// A list of strings that must be there.
    List<String> textsThatAreThere(String name, int maxCount, int maxLength) {
        if (!has(name)) {
            fail(name + " is missing");
        }
        return texts(name, maxCount, maxLength);
    }

    /// A list of strings; absent means empty.
    List<String> texts(String name, int maxCount, int maxLength) {
        JsonNode node = params.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        if (!node.isArray() || node.size() > maxCount) {
            fail(name + " is not a list of at most " + maxCount + " strings");
            return List.of();
        }
        List<String> values = new ArrayList<>(node.size());
        for (JsonNode item : node) {
            if (!item.isString()) {
                fail(name + " holds something that is not a string");
                return List.of();
            }
            values.add(bounded(name, item.stringValue(), maxLength));
        }
        return values;
    }

    /// A list of whole numbers; absent means empty.
    List<Integer> integers(String name, int maxCount) {
        JsonNode node = params.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        List<Integer> values = new ArrayList<>();
        if (node.isArray() && node.size() <= maxCount) {
            for (JsonNode item : node) {
                if (item.isInt()) {
                    values.add(item.intValue());
                }
            }
        }
        if (!node.isArray() || values.size() != node.size()) {
            fail(name + " is not a list of at most " + maxCount + " integers");
        }
        return values;
    }

    /// A list of objects, whose problems are taken over by [#adopt]; absent means empty.
    List<Fields> objects(String name, int maxCount) {
        JsonNode node = params.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        if (!node.isArray() || node.size() > maxCount) {
            fail(name + " is not a list of at most " + maxCount + " objects");
            return List.of();
        }
        List<Fields> objects = new ArrayList<>(node.size());
        for (JsonNode item : node) {
            if (!item.isObject()) {
                fail(name + " holds something that is not an object");
                return List.of();
            }
            objects.add(new Fields(item));
        }
        return objects;
    }

    /// What is wrong with a nested object is wrong here.
    void adopt(String name, Fields nested) {
        String reason = nested.problem();
        if (reason != null) {
            fail(name + ": " + reason);
        }
    }

    /// A nested object; when it is not there the fields asked of it fail.
    Fields object(String name) {
        JsonNode node = params.path(name);
        if (!node.isObject()) {
            fail(name + " is missing or not an object");
        }
        return new Fields(node);
    }

    boolean has(String name) {
        JsonNode node = params.path(name);
        return !node.isMissingNode() && !node.isNull();
    }

    JsonNode node(String name) {
        return params.path(name);
    }

    private String bounded(String name, String value, int maxLength) {
        if (value.length() > maxLength) {
            fail(name + " is longer than " + maxLength + " characters");
            return "";
        }
        return value;
    }
}
