package dev.stoa.api.http;

import dev.stoa.rooms.users.UserRole;
import java.util.List;

/// Which role of the dashboard an endpoint asks for. What stands here with no rule of its own is for admins: a new
/// endpoint is closed until somebody opens it.
final class Rights {
    /// @param prefix of the path's template
    /// @param reading least role for GET
    /// @param changing least role for everything else
    private record Rule(String prefix, UserRole reading, UserRole changing) {
        boolean concerns(String path) {
            return path.equals(prefix) || path.startsWith(prefix + "/");
        }
    }

    /// The first that concerns a path counts. Room codes open rooms, and destinations of templates hold stream keys:
    /// both are more than looking on.
    private static final List<Rule> RULES = List.of(
            new Rule("/v2/dashboard/users", UserRole.ADMIN, UserRole.ADMIN),
            new Rule("/v2/dashboard", UserRole.READ_ONLY, UserRole.READ_ONLY),
            new Rule("/v2/rooms", UserRole.READ_ONLY, UserRole.MEMBER),
            new Rule("/v2/active-rooms", UserRole.READ_ONLY, UserRole.MEMBER),
            new Rule("/v2/sessions", UserRole.READ_ONLY, UserRole.MEMBER),
            new Rule("/v2/polls", UserRole.READ_ONLY, UserRole.MEMBER),
            new Rule("/v2/analytics", UserRole.READ_ONLY, UserRole.ADMIN),
            new Rule("/v2/recordings", UserRole.READ_ONLY, UserRole.MEMBER),
            new Rule("/v2/recording-assets", UserRole.READ_ONLY, UserRole.MEMBER),
            new Rule("/v2/live-streams", UserRole.READ_ONLY, UserRole.MEMBER),
            new Rule("/v2/external-streams", UserRole.READ_ONLY, UserRole.MEMBER),
            new Rule("/v2/room-codes", UserRole.MEMBER, UserRole.MEMBER),
            new Rule("/v2/stream-keys", UserRole.MEMBER, UserRole.MEMBER),
            new Rule("/v2/templates", UserRole.MEMBER, UserRole.ADMIN));

    private Rights() {}

    /// @param path the template, for example `/v2/rooms/{room}`
    static UserRole needed(boolean reading, String path) {
        for (Rule rule : RULES) {
            if (rule.concerns(path)) {
                return reading ? rule.reading() : rule.changing();
            }
        }
        return UserRole.ADMIN;
    }
}
