/// Reading of objects that come from outside, so that each wrong field gets its own sentence.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.input;
