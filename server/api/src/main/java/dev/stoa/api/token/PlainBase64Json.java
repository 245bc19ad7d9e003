package dev.stoa.api.token;

import java.util.Map;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON whose base64url form holds neither `-` nor `_`, because official web clients decode a token's payload as
/// plain base64 and fail on these two.
///
/// They stand for the six bits 111110 and 111111. Among bytes below 0x80 these occur only as the last six bits of
/// `>`, `~`, `?` and DEL, so everything above 0x7F and these four are written as escapes.
final class PlainBase64Json {
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private PlainBase64Json() {}

    /// None of the four has a meaning in JSON outside of strings, so replacing them in the text is safe.
    static String write(Map<String, Object> claims) {
        return ASCII.writeValueAsString(claims)
                .replace(">", "\\u003e")
                .replace("~", "\\u007e")
                .replace("?", "\\u003f")
                .replace("\u007f", "\\u007f");
    }
}
