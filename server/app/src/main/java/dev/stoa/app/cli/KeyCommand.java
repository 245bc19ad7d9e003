package dev.stoa.app.cli;

import dev.stoa.app.Domain;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.workspace.AccessKey;
import dev.stoa.rooms.workspace.AccessKeyService;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Key pairs by hand; works beside a running server, which heeds it with the next token.
@Command(name = "key", mixinStandardHelpOptions = true, description = "List, show, create and revoke key pairs.")
final class KeyCommand implements Runnable {
    private final Environment environment;

    @Mixin
    private ServeFlags flags = new ServeFlags();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    KeyCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which: key list, key show, key create or key revoke");
    }

    @Command(mixinStandardHelpOptions = true, description = "List key pairs, oldest first.")
    int list() throws IOException {
        try (Domain domain = Domain.open(flags.settings(environment.variables()))) {
            domain.accessKeys().list(domain.workspace().id()).forEach(this::show);
            return ExitCode.OK;
        }
    }

    private void show(AccessKey key) {
        Instant revoked = key.revokedAt();
        environment
                .out()
                .println(key.key() + "  made " + key.createdAt() + (revoked == null ? "" : "  revoked " + revoked));
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Print the pair the server signs with, and its secret.")
    int showPair() throws IOException {
        try (Domain domain = Domain.open(flags.settings(environment.variables()))) {
            print(domain.workspace().accessKey(), domain.workspace().appSecret());
            return ExitCode.OK;
        }
    }

    private void print(String key, String secret) {
        environment.out().println("access-key = \"" + key + "\"");
        environment.out().println("app-secret = \"" + secret + "\"");
    }

    @Command(mixinStandardHelpOptions = true, description = "Create a key pair; its secret is printed this once.")
    int create() throws IOException {
        try (Domain domain = Domain.open(flags.settings(environment.variables()))) {
            return switch (domain.accessKeys().create(domain.workspace().id())) {
                case Outcome.Done<AccessKeyService.Created>(var created) -> {
                    domain.audited("key create", created.key().key(), true);
                    print(created.key().key(), created.secret());
                    yield ExitCode.OK;
                }
                case Outcome.Failed<AccessKeyService.Created>(var failure) -> failed(failure.message());
            };
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Refuse tokens of a key pair from now on, for good.")
    int revoke(@Parameters(paramLabel = "KEY", description = "Access key.") String key) throws IOException {
        try (Domain domain = Domain.open(flags.settings(environment.variables()))) {
            Outcome<AccessKey> outcome =
                    domain.accessKeys().revoke(domain.workspace().id(), key);
            domain.audited("key revoke", key, outcome instanceof Outcome.Done<AccessKey>);
            return switch (outcome) {
                case Outcome.Done<AccessKey>(AccessKey revoked) -> {
                    show(revoked);
                    yield ExitCode.OK;
                }
                case Outcome.Failed<AccessKey>(var failure) -> failed(failure.message());
            };
        }
    }

    private int failed(String message) {
        environment.err().println("stoa: " + message);
        return ExitCode.FAILED;
    }
}
