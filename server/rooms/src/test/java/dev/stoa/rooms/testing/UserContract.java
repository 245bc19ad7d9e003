package dev.stoa.rooms.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.users.User;
import dev.stoa.rooms.users.UserRepository;
import dev.stoa.rooms.users.UserRepository.Change;
import dev.stoa.rooms.users.UserRepository.Invitation;
import dev.stoa.rooms.users.UserRepository.SignIn;
import dev.stoa.rooms.users.UserRole;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every store has to do with users; part of [RepositoryContract].
public interface UserContract {
    Instant START = Instant.parse("2026-03-02T08:00:00.125Z");

    Repositories store();

    private static String here() {
        return RepositoryContract.WORKSPACE.id();
    }

    private static String elsewhere() {
        return RepositoryContract.OTHER.id();
    }

    private UserRepository users() {
        return store().users();
    }

    private static User user(String id, String workspaceId, UserRole role, boolean active, @Nullable Instant disabled) {
        return new User(id, workspaceId, id + "@example.org", role, active, START, disabled);
    }

    private User add(String id, UserRole role) {
        User user = user(id, here(), role, true, null);
        assertThat(users().add(user, "hash-" + id, null)).isTrue();
        return user;
    }

    @Test
    default void usersAreFoundByAddressAndListed() {
        User anna = add("anna", UserRole.OWNER);
        User ben = user("ben", elsewhere(), UserRole.MEMBER, false, START.plusSeconds(1));
        assertThat(users().add(ben, null, new Invitation("token-1", START.plusSeconds(60))))
                .isTrue();

        assertThat(users().byEmail("anna@example.org")).hasValueSatisfying(found -> {
            assertThat(found.user()).isEqualTo(anna);
            assertThat(found.passwordHash()).isEqualTo("hash-anna");
        });
        assertThat(users().byEmail("ben@example.org")).hasValueSatisfying(found -> {
            assertThat(found.user()).isEqualTo(ben);
            assertThat(found.passwordHash()).isNull();
        });
        assertThat(users().ofWorkspace(here())).containsExactly(anna);
        assertThat(users().byId(here(), "anna")).contains(anna);
        assertThat(users().byId(elsewhere(), "anna")).isEmpty();
        assertThat(users().byEmail("nobody@example.org")).isEmpty();
    }

    @Test
    default void usersHaveAddressesOfTheirOwn() {
        add("anna", UserRole.OWNER);
        User twin = new User("twin", elsewhere(), "anna@example.org", UserRole.MEMBER, true, START, null);

        assertThat(users().add(twin, "hash", null)).isFalse();
        assertThat(users().byId(elsewhere(), "twin")).isEmpty();
    }

    @Test
    default void usersLeaveAnOwnerWhoCanSignIn() {
        User anna = add("anna", UserRole.OWNER);
        User invited = user("ines", here(), UserRole.OWNER, false, null);
        users().add(invited, null, new Invitation("token-1", START.plusSeconds(60)));
        User demoted = user("anna", here(), UserRole.ADMIN, true, null);
        User disabled = user("anna", here(), UserRole.OWNER, true, START.plusSeconds(5));

        assertThat(users().change(demoted)).isEqualTo(Change.LAST_OWNER);
        assertThat(users().change(disabled)).isEqualTo(Change.LAST_OWNER);
        assertThat(users().byId(here(), "anna")).contains(anna);

        User second = add("otto", UserRole.OWNER);
        assertThat(users().change(demoted)).isEqualTo(Change.CHANGED);
        assertThat(users().byId(here(), "anna")).contains(demoted);
        assertThat(users().change(second)).isEqualTo(Change.CHANGED);
        assertThat(users().change(user("nobody", here(), UserRole.MEMBER, true, null)))
                .isEqualTo(Change.UNKNOWN);
    }

    @Test
    default void usersComeInByAnInvitationOnce() {
        User invited = user("ines", here(), UserRole.MEMBER, false, null);
        users().add(invited, null, new Invitation("token-1", START.plusSeconds(60)));
        assertThat(users().invite("ines", new Invitation("token-2", START.plusSeconds(90))))
                .isTrue();

        assertThat(users().accept("token-1", "hash", START)).isEmpty();
        assertThat(users().accept("token-2", "hash", START.plusSeconds(90))).isEmpty();
        assertThat(users().accept("token-2", "hash", START.plusSeconds(89)))
                .contains(user("ines", here(), UserRole.MEMBER, true, null));
        assertThat(users().accept("token-2", "other", START)).isEmpty();
        assertThat(users().byEmail("ines@example.org").orElseThrow().passwordHash())
                .isEqualTo("hash");
        assertThat(users().invite("ines", new Invitation("token-3", START.plusSeconds(90))))
                .isFalse();
    }

    @Test
    default void usersDoNotComeInByAnInvitationWhenDisabled() {
        User invited = user("ines", here(), UserRole.MEMBER, false, null);
        users().add(invited, null, new Invitation("token-1", START.plusSeconds(60)));
        users().change(user("ines", here(), UserRole.MEMBER, false, START));

        assertThat(users().accept("token-1", "hash", START)).isEmpty();
    }

    private void signIn(String token, String userId, int seconds) {
        users().addSignIn(new SignIn(token, userId, START, START.plusSeconds(seconds)));
    }

    @Test
    default void usersAreSignedInUntilItIsOver() {
        User anna = add("anna", UserRole.OWNER);
        signIn("a", "anna", 60);

        assertThat(users().signedIn("a", START.plusSeconds(59)))
                .contains(new UserRepository.SignedIn(anna, START.plusSeconds(60)));
        assertThat(users().signedIn("a", START.plusSeconds(60))).isEmpty();
        assertThat(users().signedIn("b", START)).isEmpty();

        users().endSignIn("a");
        assertThat(users().signedIn("a", START)).isEmpty();
    }

    @Test
    default void usersAreSignedOutWhenDisabled() {
        add("anna", UserRole.OWNER);
        add("ben", UserRole.MEMBER);
        signIn("a", "anna", 60);
        signIn("b", "ben", 60);

        users().change(user("ben", here(), UserRole.MEMBER, true, START));
        assertThat(users().signedIn("b", START)).isEmpty();
        assertThat(users().signedIn("a", START)).isPresent();

        users().change(user("ben", here(), UserRole.MEMBER, true, null));
        assertThat(users().signedIn("b", START)).isEmpty();
    }

    @Test
    default void usersAreSignedOutElsewhereByANewPassword() {
        add("anna", UserRole.OWNER);
        signIn("here", "anna", 60);
        signIn("there", "anna", 60);

        users().setPassword("anna", "new", "here");

        assertThat(users().byEmail("anna@example.org").orElseThrow().passwordHash())
                .isEqualTo("new");
        assertThat(users().signedIn("here", START)).isPresent();
        assertThat(users().signedIn("there", START)).isEmpty();
        users().setPassword("anna", "newer", null);
        assertThat(users().signedIn("here", START)).isEmpty();
    }

    @Test
    default void usersLeaveNoSignInsBehind() {
        add("anna", UserRole.OWNER);
        signIn("a", "anna", 10);
        signIn("b", "anna", 20);
        signIn("c", "anna", 30);

        assertThat(users().deleteSignInsBefore(START.plusSeconds(25), 1)).isEqualTo(1);
        assertThat(users().deleteSignInsBefore(START.plusSeconds(25), 5)).isEqualTo(1);
        assertThat(users().signedIn("c", START)).isPresent();
    }
}
