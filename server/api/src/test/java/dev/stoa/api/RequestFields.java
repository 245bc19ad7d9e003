package dev.stoa.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Every field that the contract knows in the bodies of requests, with values that are wrong for it.
final class RequestFields {
    private final JsonNode document;

    RequestFields(JsonNode document) {
        this.document = document;
    }

    /// @param way names from the outermost object to the field; `[]` = in a list, `*` = under any key
    record Field(String operation, List<String> way, JsonNode schema) {
        String name() {
            return way.stream()
                    .filter(step -> !step.equals("[]") && !step.equals("*"))
                    .toList()
                    .getLast();
        }

        /// A body that has only this field.
        Map<String, Object> body(Object value) {
            Object inner = value;
            for (int i = way.size() - 1; i >= 0; i--) {
                String step = way.get(i);
                if (step.equals("[]")) {
                    inner = List.of(inner);
                } else {
                    Map<String, Object> map = new LinkedHashMap<>();
                    map.put(step.equals("*") ? "some" : step, inner);
                    inner = map;
                }
            }
            @SuppressWarnings("unchecked") // the first step is a name
            Map<String, Object> body = (Map<String, Object>) inner;
            return body;
        }

        boolean isFreeText() {
            return types(schema).contains("string")
                    && !schema.has("enum")
                    && !schema.has("pattern")
                    && !schema.has("format");
        }

        /// Values the server must refuse.
        List<Object> wrongValues() {
            Set<Object> wrong = new LinkedHashSet<>();
            Set<String> types = types(schema);
            wrong.add(types.contains("object") ? 7 : Map.of());
            wrong.add(types.contains("array") ? "text" : List.of(Map.of("a", 1)));
            wrong.add(types.contains("string") ? 7 : "text");
            if (types.contains("integer")) {
                wrong.add(1.5);
                wrong.add(99_999_999_999L);
            }
            if (schema.has("enum") || schema.has("const")) {
                wrong.add("no-such-word");
            }
            if (schema.has("pattern")) {
                wrong.add("\\<>");
            }
            if (schema.has("maxLength")) {
                wrong.add("x".repeat(schema.path("maxLength").asInt() + 1));
            }
            if (schema.has("minimum")) {
                wrong.add(schema.path("minimum").asDouble() - 1);
                wrong.add((long) schema.path("minimum").asDouble() - 1);
            }
            if (schema.has("maximum")) {
                wrong.add((long) schema.path("maximum").asDouble() + 1);
            }
            return new ArrayList<>(wrong);
        }

        private static Set<String> types(JsonNode schema) {
            Set<String> types = new LinkedHashSet<>();
            JsonNode type = schema.path("type");
            if (type.isArray()) {
                type.forEach(one -> types.add(one.asString()));
            } else if (type.isString()) {
                types.add(type.asString());
            } else if (schema.has("enum") || schema.has("const")) {
                types.add("string");
            }
            return types;
        }

        @Override
        public String toString() {
            return operation + " " + String.join(".", way);
        }
    }

    List<Field> all() {
        List<Field> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            JsonNode schema = path.getValue().at("/post/requestBody/content/application~1json/schema");
            if (!schema.isMissingNode()) {
                visit("post " + path.getKey(), List.of(), schema, fields);
            }
        }
        return fields;
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref")
                ? resolved(document.at(schema.path("$ref").asString().substring(1)))
                : schema;
    }

    private void visit(String operation, List<String> way, JsonNode schema, List<Field> fields) {
        JsonNode target = resolved(schema);
        if (target != schema) {
            visit(operation, way, target, fields);
        }
        for (JsonNode choice : schema.path("oneOf")) {
            if (!"array".equals(resolved(choice).path("type").asString(""))) {
                visit(operation, way, choice, fields);
            }
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            List<String> inner = plus(way, property.getKey());
            JsonNode value = resolved(property.getValue());
            if (Field.types(value).isEmpty()) {
                continue;
            }
            fields.add(new Field(operation, inner, value));
            visit(operation, inner, value, fields);
        }
        JsonNode element = resolved(schema.path("items"));
        if (element.has("properties")) {
            visit(operation, plus(way, "[]"), element, fields);
        }
        JsonNode named = resolved(schema.path("additionalProperties"));
        if (named.has("properties")) {
            visit(operation, plus(way, "*"), named, fields);
        }
    }

    private static List<String> plus(List<String> way, String step) {
        List<String> longer = new ArrayList<>(way);
        longer.add(step);
        return List.copyOf(longer);
    }
}
