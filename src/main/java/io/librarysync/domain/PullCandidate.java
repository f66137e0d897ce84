package io.librarysync.domain;

/** A peer that could be pulled from; the one with the highest score is. */
public record PullCandidate(DeviceId peer, double score) {}
