package dev.stoa.signal.board;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.stoa.rooms.board.BoardPass;
import dev.stoa.rooms.board.BoardRights;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Passes for whiteboards: JSON Web Tokens (RFC 7519) signed by HS256. Thread-safe.
///
/// The key is made at start and never leaves the process: whiteboards do not outlive it either. Official components
/// cannot renew a token, so it is good for a day; what it opens is looked up with every request.
public final class BoardTokens {
    private static final Duration VALIDITY = Duration.ofHours(24);
    private static final int KEY_BYTES = 32;
    private static final String TYPE = "whiteboard";
    /// Official components decode the payload as plain base64. Text of these characters has no `-` or `_` in base64url.
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final byte[] key = new byte[KEY_BYTES];
    private final InstantSource time;

    public BoardTokens(SecureRandom random, InstantSource time) {
        random.nextBytes(key);
        this.time = time;
    }

    /// Who holds a token.
    ///
    /// @param admin true: its stream may be what keeps the board open
    public record Holder(BoardPass pass, boolean admin) {}

    public String issue(BoardPass pass, BoardRights rights) {
        Instant now = time.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .claim("type", TYPE)
                .claim("room_id", pass.roomId())
                .claim("board_id", pass.boardId())
                .claim("peer_id", pass.peerId())
                .claim("permissions", rights.words())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(VALIDITY)))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(key));
        } catch (JOSEException failure) {
            throw new IllegalStateException("HS256 is part of every JDK", failure);
        }
        return token.serialize();
    }

    /// Null when the token is forged, has expired or is for something else.
    public @Nullable Holder verify(String jwt) {
        try {
            SignedJWT token = SignedJWT.parse(jwt);
            return JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm()) && token.verify(new MACVerifier(key))
                    ? holder(token.getJWTClaimsSet())
                    : null;
        } catch (ParseException | JOSEException notOurs) {
            return null;
        }
    }

    private @Nullable Holder holder(JWTClaimsSet claims) throws ParseException {
        String room = claims.getStringClaim("room_id");
        String board = claims.getStringClaim("board_id");
        String peer = claims.getStringClaim("peer_id");
        List<String> permissions = claims.getStringListClaim("permissions");
        Date end = claims.getExpirationTime();
        boolean good = TYPE.equals(claims.getStringClaim("type"))
                && isId(room)
                && isId(board)
                && isId(peer)
                && permissions != null
                && end != null
                && time.instant().isBefore(end.toInstant());
        return good ? new Holder(new BoardPass(room, board, peer), permissions.contains("admin")) : null;
    }

    private static boolean isId(@Nullable String id) {
        return id != null && ID.matcher(id).matches();
    }
}
