/// Endpoints of rooms with people inside.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.active;
