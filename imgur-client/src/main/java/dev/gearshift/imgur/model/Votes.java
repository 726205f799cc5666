package dev.gearshift.imgur.model;

/**
 * The votes on a gallery item.
 *
 * @param ups for it
 * @param downs against it
 */
public record Votes(long ups, long downs) {}
