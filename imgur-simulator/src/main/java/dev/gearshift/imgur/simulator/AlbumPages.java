package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.AlbumEntry;
import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Albums: reading, making, changing, deleting, marking. */
final class AlbumPages {

    /** Beyond it an album with its images is too much for one answer; its images alone still come. */
    static final int SLOW_ALBUM = 1000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Library library;
    private final ItemJson json;
    private final Favorites favorites;

    AlbumPages(Library library, ItemJson json, Favorites favorites) {
        this.library = library;
        this.json = json;
        this.favorites = favorites;
    }

    Answer album(Call call) {
        AlbumEntry album = library.album(call.part("id"));
        if (album.images().size() > SLOW_ALBUM) {
            throw Refusal.of(HttpResponseStatus.INTERNAL_SERVER_ERROR, ErrorBodies.UPSTREAM);
        }
        Account account = call.caller().account();
        OwnedAlbum owned = library.uploads().ownedAlbum(album.id());
        ObjectNode item = json.album(album);
        item.set("images", json.images(album.images()));
        if (owned != null) {
            item.put("in_gallery", false);
            if (owned.belongsTo(account)) {
                item.put("deletehash", owned.deletehash());
            }
        }
        if (account != null) {
            item.put("favorite", favorites.has(account, album.id()));
        }
        return Call.ok(item);
    }

    Answer images(Call call) {
        return Call.ok(json.images(library.album(call.part("id")).images()));
    }

    Answer image(Call call) {
        String id = call.part("imageId");
        for (ImageEntry image : library.album(call.part("id")).images()) {
            if (image.id().equals(id)) {
                return Call.ok(json.image(image));
            }
        }
        throw Refusal.notFound();
    }

    Answer create(Call call) {
        Form form = call.form();
        List<ImageEntry> images = named(call);
        OwnedAlbum owned = library.uploads()
                .addAlbum(
                        form.text("title"),
                        form.text("description"),
                        privacy(form, "hidden"),
                        call.caller().account());
        library.uploads().change(owned, current -> current.with(images, form.text("cover")));
        ObjectNode data = NODES.objectNode();
        data.put("id", owned.album().id());
        data.put("deletehash", owned.deletehash());
        return Call.ok(data);
    }

    Answer update(Call call) {
        OwnedAlbum owned = changeable(call);
        Form form = call.form();
        boolean other = form.has("ids") || form.has("deletehashes");
        List<ImageEntry> images = named(call);
        library.uploads()
                .change(
                        owned,
                        current -> current.labelled(
                                        form.textOr("title", current.album().title()),
                                        form.textOr(
                                                "description", current.album().description()),
                                        privacy(form, current.album().privacy()))
                                .with(other ? images : current.album().images(), form.text("cover")));
        return done();
    }

    Answer setImages(Call call) {
        OwnedAlbum owned = changeable(call);
        List<ImageEntry> images = named(call);
        library.uploads().change(owned, current -> current.with(images, null));
        return done();
    }

    Answer addImages(Call call) {
        OwnedAlbum owned = changeable(call);
        List<ImageEntry> images = named(call);
        library.uploads().change(owned, current -> current.plus(images));
        return done();
    }

    Answer removeImages(Call call) {
        OwnedAlbum owned = changeable(call);
        Set<String> gone = named(call).stream().map(ImageEntry::id).collect(Collectors.toSet());
        library.uploads()
                .change(
                        owned,
                        current -> current.with(
                                current.album().images().stream()
                                        .filter(image -> !gone.contains(image.id()))
                                        .toList(),
                                null));
        return done();
    }

    Answer delete(Call call) {
        library.uploads().delete(changeable(call));
        return done();
    }

    Answer favorite(Call call) {
        return PicturePages.mark(favorites, call, library.album(call.part("id")).id());
    }

    private OwnedAlbum changeable(Call call) {
        return library.uploads().changeableAlbum(call.part("key"), call.caller());
    }

    private static Answer done() {
        return Call.ok(NODES.booleanNode(true));
    }

    /** The images that a call names by their ids or their deletehashes. */
    private List<ImageEntry> named(Call call) {
        List<ImageEntry> images = new ArrayList<>();
        for (String id : call.list("ids")) {
            images.add(known(library.findImage(id), id));
        }
        for (String deletehash : call.list("deletehashes")) {
            images.add(known(library.uploads().withDeletehash(deletehash), "by its deletehash"));
        }
        return images;
    }

    private static ImageEntry known(@Nullable ImageEntry image, String what) {
        if (image == null) {
            throw Refusal.badRequest("There is no image " + what + ".");
        }
        return image;
    }

    private static String privacy(Form form, String absent) {
        String privacy = form.text("privacy");
        return privacy == null ? absent : privacy;
    }
}
