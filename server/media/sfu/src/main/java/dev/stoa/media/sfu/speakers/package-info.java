/// Who speaks, told from the audio levels that publishers write into their packets.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.sfu.speakers;
