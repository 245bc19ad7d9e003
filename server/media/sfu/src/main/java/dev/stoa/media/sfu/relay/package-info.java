/// How media and feedback go from one worker to another, and which worker gets which command. Later the same between
/// nodes.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.sfu.relay;
