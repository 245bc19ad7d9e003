package dev.stoa.api;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// `protocol/rest/openapi.yaml`, held against real answers.
final class Contract {
    private static final String LOCATION = "https://stoa.test/openapi.json";
    private static final Set<String> METHODS = Set.of("get", "post", "delete");

    private final JsonNode document;
    private final SchemaRegistry schemas;
    private final Map<Pattern, String> paths = new HashMap<>();
    private final Map<String, Schema> known = new ConcurrentHashMap<>();

    Contract() {
        try (InputStream in = Contract.class.getResourceAsStream("/dev/stoa/api/docs/openapi.yaml")) {
            document = new YAMLMapper().readTree(in);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        schemas = SchemaRegistry.withDialect(
                Dialects.getOpenApi31(), registry -> registry.schemas(Map.of(LOCATION, document.toString())));
        for (String path : document.path("paths").propertyNames()) {
            paths.put(Pattern.compile(path.replaceAll("\\{\\w+}", "[^/]+")), path);
        }
    }

    /// All operations as `get /v2/rooms`.
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            path.getValue().propertyNames().stream()
                    .filter(METHODS::contains)
                    .forEach(method -> operations.add(method + " " + path.getKey()));
        }
        return operations;
    }

    /// As [#operations], those that take a JSON object.
    Set<String> operationsWithBody() {
        Set<String> operations = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            if (path.getValue().at("/post/requestBody").isObject()) {
                operations.add("post " + path.getKey());
            }
        }
        return operations;
    }

    boolean answers(String operation, int status) {
        String[] parts = operation.split(" ");
        return document.path("paths")
                .path(parts[1])
                .path(parts[0])
                .path("responses")
                .has(Integer.toString(status));
    }

    RequestFields requestFields() {
        return new RequestFields(document);
    }

    /// What an answer does wrong; nothing for paths and methods that the contract does not know.
    List<String> problems(String method, String pathAndQuery, int status, HttpHeaders headers, String body) {
        String path = pathAndQuery.replaceFirst("\\?.*", "").replaceFirst("(?<=.)/$", "");
        String template = paths.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(path).matches())
                .map(Map.Entry::getValue)
                // The path with the fewest parameters is meant.
                .min((a, b) -> Long.compare(parameters(a), parameters(b)))
                .orElse("");
        String verb = method.toLowerCase(Locale.ROOT);
        JsonNode operation = document.path("paths").path(template).path(verb);
        if (operation.isMissingNode()) {
            return List.of();
        }
        String name = verb + " " + template + " " + status;
        JsonNode response = operation.path("responses").path(Integer.toString(status));
        String pointer = "/paths/" + escaped(template) + "/" + verb + "/responses/" + status;
        if (response.isMissingNode()) {
            return List.of(name + " is not in the contract: " + body);
        }
        if (response.has("$ref")) {
            pointer = response.path("$ref").asString().substring(1);
            response = document.at(pointer);
        }
        List<String> problems = new ArrayList<>();
        for (String header : response.path("headers").propertyNames()) {
            if (headers.firstValue(header).isEmpty()) {
                problems.add(name + " lacks the header " + header);
            }
        }
        if (response.has("content")) {
            problems.addAll(bodyProblems(name, pointer + "/content/application~1json/schema", body));
        } else if (!body.isEmpty()) {
            problems.add(name + " has a body");
        }
        return problems;
    }

    private List<String> bodyProblems(String name, String pointer, String body) {
        Schema schema =
                known.computeIfAbsent(pointer, where -> schemas.getSchema(SchemaLocation.of(LOCATION + "#" + where)));
        List<String> problems = new ArrayList<>();
        for (Error error : schema.validate(body, InputFormat.JSON)) {
            problems.add(name + ": " + error + " in " + body);
        }
        return problems;
    }

    private static long parameters(String template) {
        return template.chars().filter(c -> c == '{').count();
    }

    private static String escaped(String template) {
        return template.replace("~", "~0").replace("/", "~1");
    }
}
