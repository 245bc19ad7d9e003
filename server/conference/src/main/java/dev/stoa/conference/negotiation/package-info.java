/// Session descriptions and what follows from them for the media server: one pair of connections per peer.
@org.jspecify.annotations.NullMarked
package dev.stoa.conference.negotiation;
