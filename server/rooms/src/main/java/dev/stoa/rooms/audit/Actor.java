package dev.stoa.rooms.audit;

/// Who acts: a backend by its key pair, a person by the dashboard, or an operator by the command line.
///
/// @param id access key, id of the user, or name of the command
public record Actor(Kind kind, String id) {
    public enum Kind {
        KEY,
        USER,
        COMMAND
    }

    public static Actor key(String accessKey) {
        return new Actor(Kind.KEY, accessKey);
    }

    public static Actor user(String userId) {
        return new Actor(Kind.USER, userId);
    }

    public static Actor command(String name) {
        return new Actor(Kind.COMMAND, name);
    }
}
