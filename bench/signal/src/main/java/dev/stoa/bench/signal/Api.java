package dev.stoa.bench.signal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The management API of the server under load: makes rooms and tokens.
final class Api {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TEMPLATE = """
            {"name": "bench", "roles": {
              "speaker": {"name": "speaker", "priority": 1,
                "publishParams": {"allowed": ["audio"]},
                "subscribeParams": {"subscribeToRoles": ["speaker"]}},
              "audience": {"name": "audience", "priority": 2,
                "publishParams": {"allowed": []},
                "subscribeParams": {"subscribeToRoles": ["speaker"]}}}}""";

    private final URI base;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String template;

    Api(URI base) throws IOException, InterruptedException {
        this.base = base;
        this.template = post("/v2/templates", TEMPLATE).path("id").stringValue();
    }

    String room(boolean large) throws IOException, InterruptedException {
        String body = JSON.createObjectNode()
                .put("name", "bench-" + UUID.randomUUID())
                .put("template_id", template)
                .put("large_room", large)
                .toString();
        return post("/v2/rooms", body).path("id").stringValue();
    }

    String metrics() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/metrics")).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private JsonNode post(String path, String body) throws IOException, InterruptedException {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().claim("type", "management");
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + token(claims))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    static String appToken(String room, String role) {
        return token(new JWTClaimsSet.Builder()
                .claim("type", "app")
                .claim("room_id", room)
                .claim("user_id", "bench")
                .claim("role", role));
    }

    private static String token(JWTClaimsSet.Builder claims) {
        Instant now = Instant.now();
        claims.claim("access_key", ServerProcess.ACCESS_KEY)
                .claim("version", 2)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now.minusSeconds(10)))
                .notBeforeTime(Date.from(now.minusSeconds(10)))
                .expirationTime(Date.from(now.plusSeconds(3600)));
        try {
            SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
            jwt.sign(new MACSigner(ServerProcess.APP_SECRET.getBytes(StandardCharsets.UTF_8)));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
