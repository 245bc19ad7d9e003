package dev.stoa.api.dashboard;

import dev.stoa.api.http.Times;
import dev.stoa.rooms.users.Tokens;
import dev.stoa.rooms.users.User;
import dev.stoa.rooms.users.UserService;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

final class UserJson {
    private UserJson() {}

    static Map<String, Object> user(User user) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", user.id());
        json.put("email", user.email());
        json.put("role", user.role().word());
        json.put("state", user.enabled() ? user.active() ? "active" : "invited" : "disabled");
        json.put("created_at", Times.text(user.createdAt()));
        return json;
    }

    static Map<String, Object> invited(UserService.Invited invited) {
        Map<String, Object> json = user(invited.user());
        json.put("invitation_token", invited.token());
        json.put("invitation_expires_at", Times.text(invited.expiresAt()));
        return json;
    }

    static Map<String, Object> signedIn(User user, String token, Instant expiresAt) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("user", user(user));
        json.put("csrf_token", Tokens.forgeryToken(token));
        json.put("expires_at", Times.text(expiresAt));
        return json;
    }
}
