package dev.gearshift.imgur.simulator;

import org.jspecify.annotations.Nullable;

/** What was brought by a client, who may change it and take it away again. */
sealed interface Owned permits OwnedImage, OwnedAlbum {

    /** Lets who knows it change this and delete it. */
    String deletehash();

    GalleryEntry entry();

    default boolean belongsTo(@Nullable Account account) {
        return account != null && account.equals(entry().account());
    }
}
