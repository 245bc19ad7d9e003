package dev.stoa.rooms.board;

import java.nio.charset.StandardCharsets;

/// What a key of a whiteboard holds.
public sealed interface BoardValue {
    /// Official clients keep JSON here.
    record Text(String text) implements BoardValue {
        @Override
        public int bytes() {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    record Whole(long number) implements BoardValue {
        @Override
        public int bytes() {
            return Long.BYTES;
        }
    }

    record Real(float number) implements BoardValue {
        @Override
        public int bytes() {
            return Float.BYTES;
        }
    }

    /// @param latin1 each character is one byte, 0 to 255
    record Bytes(String latin1) implements BoardValue {
        @Override
        public int bytes() {
            return latin1.length();
        }
    }

    /// Size as the limits count it.
    int bytes();
}
