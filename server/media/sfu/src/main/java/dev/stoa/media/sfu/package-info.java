/// Many peers: publishing, subscribing, forwarding. No socket, thread, clock or lock.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.sfu;
