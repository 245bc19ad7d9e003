/// Spatial and temporal layers inside one stream: which packets a subscriber needs of it (VP8, VP9 and AV1 SVC).
@org.jspecify.annotations.NullMarked
package dev.stoa.media.sfu.layers;
