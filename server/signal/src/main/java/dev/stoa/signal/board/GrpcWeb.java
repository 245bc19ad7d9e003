package dev.stoa.signal.board;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Frames of gRPC-web (PROTOCOL-WEB.md of grpc), as bytes or as base64 text.
///
/// ```
/// | flags 1: 0 = message, 0x80 = trailers | length 4, big endian | content |
/// ```
enum GrpcWeb {
    BINARY("application/grpc-web+proto"),
    TEXT("application/grpc-web-text");

    private static final int HEADER = 5;
    private static final byte MESSAGE = 0;
    private static final byte TRAILERS = (byte) 0x80;

    private final String contentType;

    GrpcWeb(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /// Null when it is something else.
    static @Nullable GrpcWeb of(@Nullable String contentType) {
        return switch (contentType == null ? "" : contentType.split(";", 2)[0].strip()) {
            case "application/grpc-web", "application/grpc-web+proto" -> BINARY;
            case "application/grpc-web-text", "application/grpc-web-text+proto" -> TEXT;
            default -> null;
        };
    }

    /// The one message of a request; null when it is not exactly one, or compressed.
    byte @Nullable [] message(byte[] body) {
        byte[] frame = this == TEXT ? decoded(body) : body;
        if (frame == null || frame.length < HEADER || frame[0] != MESSAGE) {
            return null;
        }
        int length = ByteBuffer.wrap(frame).getInt(1);
        if (length != frame.length - HEADER) {
            return null;
        }
        byte[] message = new byte[length];
        System.arraycopy(frame, HEADER, message, 0, length);
        return message;
    }

    private static byte @Nullable [] decoded(byte[] text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    byte[] messageFrame(byte[] message) {
        return frame(MESSAGE, message);
    }

    /// The last frame of every answer.
    ///
    /// @param message printable ASCII without `%`
    byte[] status(int code, String message) {
        String trailers =
                "grpc-status:" + code + "\r\n" + (message.isEmpty() ? "" : "grpc-message:" + message + "\r\n");
        return frame(TRAILERS, trailers.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] frame(byte flags, byte[] content) {
        byte[] frame = ByteBuffer.allocate(HEADER + content.length)
                .put(flags)
                .putInt(content.length)
                .put(content)
                .array();
        return this == TEXT ? Base64.getEncoder().encode(frame) : frame;
    }
}
