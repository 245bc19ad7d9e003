/// `GET /init`: where a client learns which web socket to open.
@org.jspecify.annotations.NullMarked
package dev.stoa.signal.init;
