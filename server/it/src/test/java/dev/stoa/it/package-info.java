/// The whole server on free ports, driven from outside.
@org.jspecify.annotations.NullMarked
package dev.stoa.it;
