/// The dependency descriptor: which frame builds on which, told beside the payload (AV1 RTP specification, appendix A).
@org.jspecify.annotations.NullMarked
package dev.stoa.media.wire.descriptor;
