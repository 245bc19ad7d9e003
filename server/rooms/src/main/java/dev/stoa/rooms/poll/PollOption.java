package dev.stoa.rooms.poll;

/// @param index from 1
/// @param weight kept for clients, 0 = not given; points are those of the question
public record PollOption(int index, String text, int weight) {}
