/// How the media of peers did: samples of single streams over time, as the server and the clients measure them.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.statistics;
