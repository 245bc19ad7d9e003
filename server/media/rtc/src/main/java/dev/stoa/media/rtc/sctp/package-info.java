/// SCTP and data channels as one state machine: [SctpStateMachine] is the entry, all else is its parts.
///
/// One association over one DTLS connection (RFC 8261): no multihoming, ports 5000/5000, packets of at most
/// 1200 bytes. Data is released in TSN order, so a lost packet delays all streams of the association and not
/// only its own: with one channel per connection that costs nothing and makes every buffer a simple bounded one.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.rtc.sctp;
