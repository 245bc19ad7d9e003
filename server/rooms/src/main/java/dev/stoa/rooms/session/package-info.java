/// The record of sessions and of the peers that took part.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.session;
