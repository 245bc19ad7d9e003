package dev.stoa.rooms.board;

import java.util.ArrayList;
import java.util.List;

/// What a role may do with a whiteboard.
///
/// @param admin open and close it
public record BoardRights(boolean read, boolean write, boolean admin) {
    public static final BoardRights NONE = new BoardRights(false, false, false);

    /// As the protocol names them.
    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (read) {
            words.add("read");
        }
        if (write) {
            words.add("write");
        }
        if (admin) {
            words.add("admin");
        }
        return words;
    }
}
