package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.api.dashboard.Argon2Passwords;
import dev.stoa.rooms.users.UserRole;
import dev.stoa.rooms.users.UserService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Every role at every operation of the contract, against the table in `dashboard-rights.txt`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DashboardRightsTest {
    private static final String REFUSAL = "this takes the role ";

    private final Contract contract = new Contract();
    private final Map<String, UserRole> table = new TreeMap<>();
    private final Map<UserRole, Browser> browsers = new TreeMap<>();
    private ApiServer api;

    @BeforeAll
    void everyRoleSignsIn() throws IOException {
        read();
        api = new ApiServer();
        UserService users = new UserService(api.store.users(), new Argon2Passwords(), api.ids, api.time);
        for (UserRole role : UserRole.values()) {
            String email = role.word() + "@example.org";
            users.create(api.workspace.id(), email, role, Browser.PASSWORD);
            Browser browser = new Browser(api);
            assertThat(browser.signIn(email, Browser.PASSWORD).status()).isEqualTo(200);
            browsers.put(role, browser);
        }
    }

    private void read() throws IOException {
        try (InputStream in = DashboardRightsTest.class.getResourceAsStream("dashboard-rights.txt")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .forEach(parts -> table.put(parts[1], UserRole.of(parts[0]).orElseThrow()));
        }
    }

    @AfterAll
    void stop() {
        api.close();
    }

    /// Those of clients and those before a sign-in are open to nobody's role.
    private static boolean isForRoles(String operation) {
        return !operation.contains("/client/")
                && !Set.of(
                                "post /v2/token",
                                "get /v2/diagnostics/token",
                                "get /v2/layouts/ui",
                                "post /v2/sip/dtmf",
                                "post /v2/dashboard/session",
                                "post /v2/dashboard/invitation")
                        .contains(operation);
    }

    @Test
    void theTableHasEveryOperation() {
        Set<String> operations = new TreeSet<>(contract.operations());
        operations.removeIf(operation -> !isForRoles(operation));

        assertThat(table.keySet()).containsExactlyElementsOf(operations);
    }

    @Test
    void eachRoleMayWhatTheTableSaysAndNoMore() {
        List<String> wrong = new ArrayList<>();
        table.forEach((operation, least) -> browsers.forEach((role, browser) -> {
            // It would end what the others need.
            if (operation.equals("delete /v2/dashboard/session")) {
                return;
            }
            String[] parts = operation.split(" ");
            ApiServer.Answer answer = browser.send(
                    parts[0].toUpperCase(Locale.ROOT),
                    parts[1].replaceAll("\\{\\w+}", "x"),
                    parts[0].equals("post") ? "{}" : null);
            boolean refused = answer.status() == 403 && answer.text("message").startsWith(REFUSAL);
            if (answer.status() == 401 || refused == role.includes(least)) {
                wrong.add(role.word() + " " + operation + ": " + answer.status() + " " + answer.text("message"));
            }
        }));
        assertThat(wrong).isEmpty();
        assertThat(table).hasSizeGreaterThan(90);
    }

    @Test
    void everyRoleSignsItselfOut() {
        for (UserRole role : UserRole.values()) {
            Browser browser = new Browser(api);
            browser.signIn(role.word() + "@example.org", Browser.PASSWORD);
            assertThat(browser.send("DELETE", "/v2/dashboard/session", null).status())
                    .as(role.word())
                    .isEqualTo(204);
        }
    }
}
