/// A client as browsers are one: HTTP, web socket, SDP as text, real DTLS and SRTP over UDP, made-up media. For tests
/// and load.
@org.jspecify.annotations.NullMarked
package dev.stoa.client;
