package dev.stoa.app;

import dev.stoa.rooms.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Writes the key pair where an operator finds it: `keys.conf` in the data directory, readable by its owner only. Where
/// secrets are sealed in the database, they do not stand beside it either.
final class Keys {
    private static final String FILE = "keys.conf";

    private Keys() {}

    static Path write(Path data, Workspace workspace, boolean sealed) throws IOException {
        Path file = data.resolve(FILE);
        String text = sealed ? withoutSecret(workspace) : withSecret(workspace);
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return file;
        }
        Files.deleteIfExists(file);
        FileAttribute<?>[] ownerOnly =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createFile(file, ownerOnly);
        Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.TRUNCATE_EXISTING);
        return file;
    }

    private static String withSecret(Workspace workspace) {
        return "# Key pair of this server: sign tokens with it (HS256). Keep the secret private.\n"
                + "access-key = \"" + workspace.accessKey() + "\"\n"
                + "app-secret = \"" + workspace.appSecret() + "\"\n";
    }

    private static String withoutSecret(Workspace workspace) {
        return "# Key pair of this server. Its secret is sealed (secrets-key-file); ./stoa key show prints it.\n"
                + "access-key = \"" + workspace.accessKey() + "\"\n";
    }
}
