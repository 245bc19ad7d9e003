package dev.stoa.bench.link;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// One line of the script, `[+TIME] up|down|both [clean] [stall=TIME] [property=value ...]`, for example
/// `+20s down rate=300k queue=300ms loss=1%`. Properties that are not named stay as they are.
///
/// @param afterNs how long after the line was read it happens
/// @param up changes the way from client to server
/// @param down changes the way from server to client
/// @param change of the shape
/// @param stallNs how long nothing passes, from then on
record LinkStep(long afterNs, boolean up, boolean down, UnaryOperator<LinkShape> change, long stallNs) {
    /// @throws IllegalArgumentException says what is wrong with the line
    static LinkStep parse(String line) {
        List<String> words = new ArrayList<>(List.of(line.trim().split("\\s+")));
        long afterNs = words.getFirst().startsWith("+")
                ? LinkShape.millis(words.removeFirst().substring(1)) * 1_000_000L
                : 0;
        String way = words.isEmpty() ? "" : words.removeFirst();
        if (!List.of("up", "down", "both").contains(way)) {
            throw new IllegalArgumentException("up, down or both is missing: " + line);
        }
        UnaryOperator<LinkShape> change = UnaryOperator.identity();
        long stallNs = 0;
        for (String word : words) {
            if (word.startsWith("stall=")) {
                stallNs = LinkShape.millis(word.substring("stall=".length())) * 1_000_000L;
            } else {
                change = then(change, word);
            }
        }
        // A wrong word must fail here, not when its time comes.
        var _ = change.apply(LinkShape.CLEAN);
        return new LinkStep(afterNs, !way.equals("down"), !way.equals("up"), change, stallNs);
    }

    /// Applies it to both ways that it names.
    void apply(long nowNs, EmulatedLink upLink, EmulatedLink downLink) {
        if (up) {
            apply(nowNs, upLink);
        }
        if (down) {
            apply(nowNs, downLink);
        }
    }

    private void apply(long nowNs, EmulatedLink link) {
        link.reshape(change.apply(link.shape()));
        link.stall(nowNs + stallNs);
    }

    private static UnaryOperator<LinkShape> then(UnaryOperator<LinkShape> first, String word) {
        if (word.equals("clean")) {
            return shape -> LinkShape.CLEAN;
        }
        int equals = word.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("property=value is expected: " + word);
        }
        String key = word.substring(0, equals);
        String value = word.substring(equals + 1);
        return shape -> first.apply(shape).with(key, value);
    }
}
