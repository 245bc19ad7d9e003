package dev.stoa.app.settings;

import dev.stoa.store.SecretBox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/// The file that `secrets-key-file` names: 32 bytes, raw or as base64 with white space around it.
public final class SecretsKeyFile {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_=-]+");

    private SecretsKeyFile() {}

    /// Messages do not repeat what is in the file.
    static SecretBox read(Path file) {
        try {
            if (Files.size(file) > 1024) {
                throw malformed();
            }
            return SecretBox.of(key(Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            throw new BadSettingException("secrets-key-file: cannot read " + file);
        }
    }

    private static byte[] key(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1).strip();
        boolean encoded = BASE64.matcher(text).matches();
        // 32 letters are the base64 of too short a key rather than a key.
        if (content.length == SecretBox.KEY_BYTES && !encoded) {
            return content;
        }
        try {
            byte[] key = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
            if (encoded && key.length == SecretBox.KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            throw malformed();
        }
        throw malformed();
    }

    private static BadSettingException malformed() {
        return new BadSettingException("secrets-key-file: must hold 32 random bytes, raw or as base64"
                + " (make one: openssl rand -base64 32)");
    }

    /// True when others than the file's owner and group may read it.
    public static boolean isReadableByAll(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.contains(PosixFilePermission.OTHERS_READ);
    }
}
