package dev.gearshift.imgur.model;

import org.jspecify.annotations.Nullable;

/**
 * What the gallery's visitors made of an item. Items from a subreddit, and items nobody has voted on, carry none of it.
 *
 * @param ups votes for it
 * @param downs votes against it
 * @param points votes for it less votes against it
 * @param score Imgur's own rank, which also counts age and views
 * @param commentCount comments
 * @param favoriteCount users that marked it
 * @param topic the topic it was filed under
 * @param topicId that topic's number
 */
public record Popularity(
        @Nullable Long ups,
        @Nullable Long downs,
        @Nullable Long points,
        @Nullable Long score,
        @Nullable Long commentCount,
        @Nullable Long favoriteCount,
        @Nullable String topic,
        @Nullable Long topicId) {}
