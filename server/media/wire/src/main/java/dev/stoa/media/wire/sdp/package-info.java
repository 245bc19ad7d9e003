/// Session descriptions as values: parse and write (RFC 8866, JSEP RFC 9429, BUNDLE 9143, simulcast 8853).
@org.jspecify.annotations.NullMarked
package dev.stoa.media.wire.sdp;
