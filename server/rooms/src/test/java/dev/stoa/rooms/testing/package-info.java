/// Fakes and contracts that tests of this and other modules use.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.testing;
