/// How the domain says that something worked, or why it did not.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.outcome;
