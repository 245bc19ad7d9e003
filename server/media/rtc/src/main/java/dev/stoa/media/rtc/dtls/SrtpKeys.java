package dev.stoa.media.rtc.dtls;

import dev.stoa.media.rtc.srtp.SrtpProfile;

/// Master keys and salts exported from DTLS (RFC 5764 §4.2). The server protects with `server*`.
public record SrtpKeys(SrtpProfile profile, byte[] clientKey, byte[] clientSalt, byte[] serverKey, byte[] serverSalt) {}
