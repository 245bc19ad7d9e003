package dev.stoa.rooms.board;

/// Which keys a stream is about.
public record BoardSelector(Match match, String text) {
    public enum Match {
        ALL,
        KEY,
        PREFIX,
        SUFFIX
    }

    public boolean matches(String key) {
        return switch (match) {
            case ALL -> true;
            case KEY -> key.equals(text);
            case PREFIX -> key.startsWith(text);
            case SUFFIX -> key.endsWith(text);
        };
    }
}
