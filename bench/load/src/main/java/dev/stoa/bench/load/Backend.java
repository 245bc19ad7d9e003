package dev.stoa.bench.load;

import dev.stoa.client.Media;
import dev.stoa.client.SignalClient;
import dev.stoa.media.sfu.MediaCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// What a customer's backend does: a template, rooms, and tokens from room codes. Thread-safe.
public final class Backend {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TOO_MANY = 429;
    private static final int MOST_TRIES = 60;

    /// Speakers send camera and microphone; viewers only look and listen.
    private static final String SPEAKER = """
            "%s":{"publishParams":{"allowed":["audio","video"],
                "audio":{"bitRate":32,"codec":"opus"},
                "video":{"bitRate":1200,"codec":"%s","frameRate":30,"width":1280,"height":720},
                "simulcast":{"video":{"layers":[
                  {"rid":"f","scaleResolutionDownBy":1.0,"maxBitrate":1200,"maxFramerate":30},
                  {"rid":"h","scaleResolutionDownBy":2.0,"maxBitrate":400,"maxFramerate":30},
                  {"rid":"q","scaleResolutionDownBy":4.0,"maxBitrate":120,"maxFramerate":30}]}}},
              "subscribeParams":%s}""";

    private static final String SUBSCRIBE =
            "{\"subscribeToRoles\":[\"speaker\",\"speaker-h264\"],\"maxSubsBitRate\":10000}";
    private static final String TEMPLATE =
            "{\"name\":\"load\",\"roles\":{" + SPEAKER.formatted("speaker", "vp8", SUBSCRIBE)
                    + "," + SPEAKER.formatted("speaker-h264", "h264", SUBSCRIBE)
                    + ",\"viewer\":{\"publishParams\":{\"allowed\":[]},\"subscribeParams\":" + SUBSCRIBE + "}}}";

    private final HttpClient http;
    private final String base;
    private final String management;
    private final String template;

    Backend(HttpClient http, String base, String management) {
        this.http = http;
        this.base = base;
        this.management = management;
        this.template = post("/v2/templates", TEMPLATE).path("id").asString();
    }

    /// Tokens of a room's roles.
    public record Room(String speaker, String speakerH264, String viewer) {
        String speaker(MediaCodec codec) {
            return codec == MediaCodec.H264 ? speakerH264 : speaker;
        }
    }

    /// A new room.
    Room room() {
        String room = post("/v2/rooms", "{\"name\":\"load-%s\",\"template_id\":\"%s\"}".formatted(Media.id(), template))
                .path("id")
                .asString();
        Map<String, String> tokens = new HashMap<>();
        for (JsonNode code : post("/v2/room-codes/room/" + room, "{}").path("data")) {
            String body = "{\"code\":\"" + code.path("code").asString() + "\"}";
            tokens.put(
                    code.path("role").asString(),
                    post("/v2/token", body).path("token").asString());
        }
        return new Room(
                Objects.requireNonNull(tokens.get("speaker")),
                Objects.requireNonNull(tokens.get("speaker-h264")),
                Objects.requireNonNull(tokens.get("viewer")));
    }

    /// Where the web socket of a peer is.
    String endpoint(String token) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/init?peer_id=" + Media.id()))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .build();
        return json(request).path("endpoint").asString();
    }

    private JsonNode post(String path, String body) {
        return json(HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + management)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    String metrics() {
        return text(HttpRequest.newBuilder(URI.create(base + "/metrics"))
                .timeout(PATIENCE)
                .build());
    }

    private JsonNode json(HttpRequest request) {
        return SignalClient.JSON.readTree(text(request));
    }

    /// Slows down when it is told to, as a backend should.
    private String text(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            for (int tries = 1; response.statusCode() == TOO_MANY && tries < MOST_TRIES; tries++) {
                long seconds =
                        response.headers().firstValueAsLong("Retry-After").orElse(1);
                TimeUnit.SECONDS.sleep(seconds);
                response = http.send(request, HttpResponse.BodyHandlers.ofString());
            }
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        request.uri().getPath() + " answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException broken) {
            throw new IllegalStateException(request.uri().getPath() + " failed", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
