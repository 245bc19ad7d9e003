/// Endpoints of polls and of what was answered.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.polls;
