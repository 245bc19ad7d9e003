/// Templates: roles and what they may do.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.template;
