/// Polls and quizzes: what is asked, who answered what, how it is counted. Pure; the live room holds the running ones.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.poll;
