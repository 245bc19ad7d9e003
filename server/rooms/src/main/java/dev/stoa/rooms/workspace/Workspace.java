package dev.stoa.rooms.workspace;

/// A tenant of the server: the owner of templates, rooms and key pairs. It comes with one of its pairs: the one the
/// server signs with, or the one it was looked up by.
///
/// @param id 24 lower-case hexadecimal characters (`customer_id` on the wire)
/// @param appId 24 lower-case hexadecimal characters (`app_id` on the wire)
/// @param accessKey public identifier in tokens
/// @param appSecret HS256 key: the UTF-8 bytes of this string as shown to the user
public record Workspace(String id, String appId, String accessKey, String appSecret) {
    /// Does not print the secret.
    @Override
    public String toString() {
        return "Workspace[" + id + "]";
    }
}
