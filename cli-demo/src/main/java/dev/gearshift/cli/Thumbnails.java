package dev.gearshift.cli;

import dev.gearshift.executors.Task;
import dev.gearshift.images.MakeThumbnail;
import dev.gearshift.images.Thumbnail;

/** Thumbnails, as a {@link Batch} knows them. */
final class Thumbnails implements Batch.Kind<Thumbnail> {
    @Override
    public String nameOf(Task<Thumbnail> task) {
        return task instanceof MakeThumbnail making ? making.image().toString() : "";
    }

    @Override
    public long bytesOf(Thumbnail thumbnail) {
        return thumbnail.bytes();
    }
}
