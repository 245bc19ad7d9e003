package dev.stoa.api;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A person's browser at the dashboard: it keeps the cookie and says the token that goes with changes.
final class Browser {
    static final String PASSWORD = "correct horse battery";

    private final ApiServer api;
    private String cookie = "";
    private String forgeryToken = "";

    Browser(ApiServer api) {
        this.api = api;
    }

    ApiServer.Answer signIn(String email, String password) {
        ApiServer.Answer answer = send(
                "POST", "/v2/dashboard/session", "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}");
        if (answer.status() == 200) {
            forgeryToken = answer.text("csrf_token");
        }
        return answer;
    }

    ApiServer.Answer get(String path) {
        return send("GET", path, null);
    }

    ApiServer.Answer post(String path, String body) {
        return send("POST", path, body);
    }

    ApiServer.Answer send(String method, String path, @Nullable String body) {
        Map<String, String> headers = new HashMap<>();
        if (!cookie.isEmpty()) {
            headers.put("Cookie", cookie);
        }
        if (!forgeryToken.isEmpty() && !method.equals("GET")) {
            headers.put("X-CSRF-Token", forgeryToken);
        }
        ApiServer.Answer answer = api.send(method, path, body, headers);
        answer.raw().headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.replaceFirst(";.*", ""));
        return answer;
    }

    /// As `name=value`.
    String cookie() {
        return cookie;
    }

    String forgeryToken() {
        return forgeryToken;
    }
}
