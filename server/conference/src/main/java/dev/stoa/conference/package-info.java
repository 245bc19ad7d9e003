/// A seat in a room and a peer in the media server are one here: live rooms run by mailboxes.
@org.jspecify.annotations.NullMarked
package dev.stoa.conference;
