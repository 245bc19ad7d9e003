package dev.stoa.media.rtc.ice;

import static dev.stoa.media.rtc.ice.CheckOutcome.ACCEPTED;
import static dev.stoa.media.rtc.ice.CheckOutcome.BAD_CREDENTIALS;
import static dev.stoa.media.rtc.ice.CheckOutcome.IGNORED;
import static dev.stoa.media.rtc.ice.CheckOutcome.MALFORMED;
import static dev.stoa.media.rtc.ice.CheckOutcome.MOVED;
import static dev.stoa.media.rtc.ice.CheckOutcome.NOMINATED;
import static dev.stoa.media.rtc.ice.CheckOutcome.ROLE_CONFLICT;
import static dev.stoa.media.rtc.ice.CheckOutcome.UNKNOWN_ATTRIBUTE;
import static dev.stoa.media.rtc.ice.Checks.check;
import static dev.stoa.media.rtc.ice.Checks.nominating;
import static dev.stoa.media.rtc.ice.Checks.remote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.RecordingOut;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.stun.StunClass;
import dev.stoa.media.wire.stun.StunKey;
import dev.stoa.media.wire.stun.StunMessage;
import dev.stoa.media.wire.stun.StunWriter;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/// RFC 8445 §2.5, §7.3, §8.1.1, §9; RFC 7675; RFC 8489 §9.1.
class IceLiteAgentTest {
    private static final long S = 1_000_000_000L;
    private static final IceCredentials LOCAL = new IceCredentials("abcd", "password-of-22-characters");
    private static final IceCredentials NEXT = new IceCredentials("efgh", "another-password-of-the-next");
    private static final Remote A = remote(1111);
    private static final Remote B = remote(2222);

    private final RecordingOut out = new RecordingOut(true);
    private final IceLiteAgent agent = new IceLiteAgent(LOCAL, 15 * S, 4, out);

    @Test
    void answersACheckWithTheMappedAddress() {
        assertThat(handle(0, A, check(LOCAL))).isEqualTo(ACCEPTED);
        StunMessage answer = onlyAnswer(A);
        assertThat(answer.messageClass()).isEqualTo(StunClass.SUCCESS);
        assertThat(answer.hasTransactionId(Checks.TRANSACTION)).isTrue();
        assertThat(answer.mappedLow()).isEqualTo(A.low());
        assertThat(answer.mappedPort()).isEqualTo(1111);
        assertThat(answer.verifyIntegrity(new StunKey(LOCAL.password()))).isTrue();
        assertThat(answer.verifyFingerprint()).isTrue();
    }

    @Test
    void answersAnIpv6Check() {
        Remote six = new Remote().set(0x2001_0DB8_0000_0000L, 5, 3333, 0);
        assertThat(handle(0, six, check(LOCAL))).isEqualTo(ACCEPTED);
        StunMessage answer = onlyAnswer(six);
        assertThat(answer.mappedHigh()).isEqualTo(six.high());
        assertThat(answer.mappedLow()).isEqualTo(5);
    }

    @Test
    void aCheckAloneSelectsNothing() {
        handle(0, A, check(LOCAL));
        assertThat(agent.selected()).isNull();
        assertThat(agent.hasConsent()).isFalse();
        assertThat(agent.target()).isEqualTo(A);
        assertThat(agent.knows(A)).isTrue();
        assertThat(agent.knows(B)).isFalse();
    }

    @Test
    void theLatestNominationWins() {
        assertThat(handle(0, A, nominating(LOCAL))).isEqualTo(NOMINATED);
        assertThat(agent.selected()).isEqualTo(A);
        assertThat(handle(0, A, nominating(LOCAL))).isEqualTo(ACCEPTED);
        assertThat(handle(1, B, check(LOCAL))).isEqualTo(ACCEPTED);
        assertThat(agent.selected()).isEqualTo(A);
        assertThat(handle(2, B, nominating(LOCAL))).isEqualTo(MOVED);
        assertThat(agent.selected()).isEqualTo(B);
        assertThat(agent.hasConsent()).isTrue();
    }

    @Test
    void keepsItsOwnCopyOfARemote() {
        Remote reused = remote(5);
        handle(0, reused, nominating(LOCAL));
        reused.setIpv4(1, 6);
        assertThat(agent.selected()).isEqualTo(remote(5));
        assertThat(agent.knows(remote(5))).isTrue();
    }

    @Test
    void refusesAWrongPasswordWith401AndLearnsNothing() {
        IceCredentials wrong = new IceCredentials("abcd", "guess");
        assertThat(handle(0, A, nominating(wrong))).isEqualTo(BAD_CREDENTIALS);
        assertThat(onlyAnswer(A).errorCode()).isEqualTo(401);
        assertThat(agent.knows(A)).isFalse();
        assertThat(agent.target()).isNull();
    }

    @Test
    void refusesAForeignUserNameWith401() {
        for (String username : List.of("abcx:peer", "abcd", ":abcd", "peer:abcd", "")) {
            MemorySegment request = Checks.finished(Checks.request(username), LOCAL);
            assertThat(handle(0, A, request)).isEqualTo(BAD_CREDENTIALS);
            assertThat(onlyAnswer(A).errorCode()).isEqualTo(401);
        }
    }

    @Test
    void refusesRequestsWithoutIntegrityWith400() {
        MemorySegment request = Checks.slice(Checks.request("abcd:peer").fingerprint());
        assertThat(handle(0, A, request)).isEqualTo(BAD_CREDENTIALS);
        assertThat(onlyAnswer(A).errorCode()).isEqualTo(400);
    }

    @Test
    void neverAnswersAnUnauthenticatedRequestWithMoreThanItGot() {
        MemorySegment buffer = MemorySegment.ofArray(new byte[64]);
        StunWriter bare =
                new StunWriter().beginRequest(buffer, 0, 64, Checks.TRANSACTION).fingerprint();
        assertThat(handle(0, A, buffer.asSlice(0, bare.finish()))).isEqualTo(BAD_CREDENTIALS);
        assertThat(out.take()).isEmpty();
        for (MemorySegment request : List.of(
                nominating(new IceCredentials("abcd", "no")),
                Checks.slice(Checks.request("a:b").fingerprint()))) {
            handle(0, A, request);
            assertThat(out.take()).allMatch(answer -> answer.length() <= request.byteSize());
        }
    }

    @Test
    void dropsRequestsWithoutOrWithWrongFingerprint() {
        MemorySegment without = Checks.slice(Checks.request("abcd:peer").integrity(new StunKey(LOCAL.password())));
        assertThat(handle(0, A, without)).isEqualTo(MALFORMED);
        MemorySegment damaged = check(LOCAL);
        Wire.put8(damaged, 25, 'z');
        assertThat(handle(0, A, damaged)).isEqualTo(MALFORMED);
        assertThat(out.take()).isEmpty();
    }

    @Test
    void refusesAnUnknownRequiredAttributeWith420() {
        MemorySegment request = Checks.finished(Checks.request("abcd:peer"), LOCAL);
        // PRIORITY becomes 0x7F24, which nobody knows; integrity and fingerprint are made anew.
        int priority = 20 + 4 + 12;
        assertThat(Wire.u16(request, priority)).isEqualTo(0x0024);
        MemorySegment buffer = MemorySegment.ofArray(new byte[256]);
        StunWriter writer = new StunWriter().beginRequest(buffer, 0, 256, Checks.TRANSACTION);
        writer.username("abcd:peer").priority(1);
        Wire.put16(buffer, priority, 0x7F24);
        writer.integrity(new StunKey(LOCAL.password())).fingerprint();
        assertThat(handle(0, A, buffer.asSlice(0, writer.finish()))).isEqualTo(UNKNOWN_ATTRIBUTE);
        StunMessage answer = onlyAnswer(A);
        assertThat(answer.errorCode()).isEqualTo(420);
        assertThat(answer.verifyIntegrity(new StunKey(LOCAL.password()))).isTrue();
        assertThat(agent.knows(A)).isFalse();
    }

    @Test
    void tellsAPeerThatThinksItIsControlledToSwitch() {
        assertThat(handle(0, A, Checks.controlled(LOCAL))).isEqualTo(ROLE_CONFLICT);
        assertThat(onlyAnswer(A).errorCode()).isEqualTo(487);
        assertThat(agent.knows(A)).isFalse();
    }

    @Test
    void ignoresResponsesAndIndications() {
        MemorySegment buffer = MemorySegment.ofArray(new byte[128]);
        StunWriter success = new StunWriter()
                .beginSuccess(buffer, 0, 128, Checks.TRANSACTION)
                .fingerprint();
        MemorySegment message = buffer.asSlice(0, success.finish());
        assertThat(handle(0, A, message)).isEqualTo(IGNORED);
        Wire.put16(message, 0, 0x0011);
        assertThat(handle(0, A, message)).isEqualTo(IGNORED);
        assertThat(out.take()).isEmpty();
    }

    @Test
    void losesConsentAfter15SecondsOfSilenceAndFindsItAgain() {
        handle(0, A, nominating(LOCAL));
        handle(10 * S, A, check(LOCAL));
        assertThat(agent.nextTimeoutNs()).isEqualTo(25 * S);
        assertThat(agent.handleTimeout(25 * S - 1)).isFalse();
        assertThat(agent.hasConsent()).isTrue();
        assertThat(agent.handleTimeout(25 * S)).isTrue();
        assertThat(agent.handleTimeout(26 * S)).isFalse();
        assertThat(agent.hasConsent()).isFalse();
        assertThat(agent.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(handle(60 * S, A, check(LOCAL))).isEqualTo(ACCEPTED);
        assertThat(agent.hasConsent()).isTrue();
    }

    @Test
    void checksOnOtherPathsDoNotRenewConsent() {
        handle(0, A, nominating(LOCAL));
        handle(10 * S, B, check(LOCAL));
        assertThat(agent.handleTimeout(15 * S)).isTrue();
        handle(16 * S, B, check(LOCAL));
        assertThat(agent.hasConsent()).isFalse();
        assertThat(handle(17 * S, B, nominating(LOCAL))).isEqualTo(MOVED);
        assertThat(agent.hasConsent()).isTrue();
    }

    @Test
    void afterARestartBothGenerationsCountUntilTheNewOneIsNominated() {
        handle(0, A, nominating(LOCAL));
        agent.restart(NEXT);
        assertThat(agent.localUfrag()).isEqualTo("efgh");
        assertThat(agent.acceptsUfrag("abcd")).isTrue();
        assertThat(agent.acceptsUfrag("efgh")).isTrue();
        assertThat(handle(S, A, check(LOCAL))).isEqualTo(ACCEPTED);
        assertThat(handle(S, B, check(NEXT))).isEqualTo(ACCEPTED);
        assertThat(agent.selected()).isEqualTo(A);
        assertThat(handle(2 * S, B, nominating(NEXT))).isEqualTo(NOMINATED);
        assertThat(agent.selected()).isEqualTo(B);
        assertThat(agent.acceptsUfrag("abcd")).isFalse();
        assertThat(handle(3 * S, A, nominating(LOCAL))).isEqualTo(BAD_CREDENTIALS);
        assertThat(agent.selected()).isEqualTo(B);
    }

    @Test
    void aRestartOnTheSamePathIsANomination() {
        handle(0, A, nominating(LOCAL));
        agent.restart(NEXT);
        assertThat(handle(S, A, nominating(NEXT))).isEqualTo(NOMINATED);
        assertThat(agent.selected()).isEqualTo(A);
    }

    @Test
    void theNominatedGenerationOutlivesSeveralRestarts() {
        handle(0, A, nominating(LOCAL));
        agent.restart(new IceCredentials("never", "used"));
        agent.restart(NEXT);
        assertThat(agent.acceptsUfrag("never")).isFalse();
        assertThat(handle(S, A, check(LOCAL))).isEqualTo(ACCEPTED);
        assertThat(handle(S, A, nominating(NEXT))).isEqualTo(NOMINATED);
    }

    @Test
    void remembersABoundedNumberOfRemotesAndNeverForgetsTheSelectedOne() {
        handle(0, A, nominating(LOCAL));
        for (int i = 0; i < 10; i++) {
            handle(i + 1, remote(5000 + i), check(LOCAL));
            assertThat(agent.forgotten()).isEqualTo(i < 3 ? null : remote(5000 + i - 3));
        }
        assertThat(agent.knows(A)).isTrue();
        assertThat(agent.knows(remote(5009))).isTrue();
        assertThat(agent.knows(remote(5006))).isFalse();
    }

    @Test
    void aClosedConnectionLeavesThePath() {
        handle(0, A, nominating(LOCAL));
        agent.forget(A);
        assertThat(agent.selected()).isNull();
        assertThat(agent.hasConsent()).isFalse();
        assertThat(agent.knows(A)).isFalse();
        assertThat(handle(1, A, nominating(LOCAL))).isEqualTo(MOVED);
        assertThat(agent.hasConsent()).isTrue();
    }

    private CheckOutcome handle(long nowNs, Remote remote, MemorySegment message) {
        return agent.handle(nowNs, remote, message, 0, (int) message.byteSize());
    }

    private StunMessage onlyAnswer(Remote to) {
        List<RecordingOut.Sent> sent = out.take();
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).remote()).isEqualTo(to);
        StunMessage answer = new StunMessage();
        assertThat(answer.wrap(sent.get(0).bytes(), 0, sent.get(0).length())).isTrue();
        return answer;
    }
}
