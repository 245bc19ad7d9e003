package dev.stoa.it;

import dev.stoa.client.SignalClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Plain requests to a server.
final class Http {
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Http() {}

    /// @param json missing when the body is no JSON
    record Answer(int status, JsonNode json, HttpResponse<String> raw) {}

    static Answer get(String url, @Nullable String bearer) {
        return send("GET", url, null, bearer);
    }

    /// @param bearer null = without authorization
    static Answer send(String method, String url, @Nullable String body, @Nullable String bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        try {
            HttpResponse<String> raw = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean json = raw.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
            return new Answer(
                    raw.statusCode(),
                    json ? SignalClient.JSON.readTree(raw.body()) : SignalClient.JSON.missingNode(),
                    raw);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
