/** Downloading images and making thumbnails of them, as tasks that run under every strategy. */
@NullMarked
package dev.gearshift.images;

import org.jspecify.annotations.NullMarked;
