package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Single images: reading, uploading, changing, deleting, marking. */
final class PicturePages {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Library library;
    private final ItemJson json;
    private final UploadedPicture pictures;
    private final Favorites favorites;

    PicturePages(Library library, ItemJson json, UploadedPicture pictures, Favorites favorites) {
        this.library = library;
        this.json = json;
        this.pictures = pictures;
        this.favorites = favorites;
    }

    Answer image(Call call) {
        String id = call.part("id");
        Account account = call.caller().account();
        OwnedImage owned = library.uploads().owned(id);
        ObjectNode item = owned == null ? json.image(library.image(id)) : owned.json(json, owned.belongsTo(account));
        if (account != null) {
            item.put("favorite", favorites.has(account, id));
        }
        return Call.ok(item);
    }

    Answer upload(Call call) {
        Form form = call.form();
        Picture picture = pictures.of(form);
        String albumKey = form.text("album");
        OwnedAlbum album = albumKey == null || albumKey.isEmpty()
                ? null
                : library.uploads().changeableAlbum(albumKey, call.caller());
        OwnedImage owned = library.uploads()
                .add(
                        picture,
                        name(form),
                        form.text("title"),
                        form.text("description"),
                        call.caller().account());
        if (album != null) {
            library.uploads().change(album, current -> current.plus(List.of(owned.image())));
        }
        return Call.ok(owned.json(json, true));
    }

    private static String name(Form form) {
        String name = form.text("name");
        if (name != null) {
            return name;
        }
        Form.Field image = form.field("image");
        @Nullable String file = image == null ? null : image.fileName();
        return file == null ? "" : file.replaceAll("\\.[^.]*$", "");
    }

    Answer update(Call call) {
        OwnedImage owned = library.uploads().changeable(call.part("key"), call.caller());
        Form form = call.form();
        library.uploads()
                .change(
                        owned,
                        current -> current.labelled(
                                form.textOr("title", current.image().title()),
                                form.textOr("description", current.image().description())));
        return Call.ok(NODES.booleanNode(true));
    }

    Answer delete(Call call) {
        library.uploads().delete(library.uploads().changeable(call.part("key"), call.caller()));
        return Call.ok(NODES.booleanNode(true));
    }

    Answer favorite(Call call) {
        ImageEntry image = library.image(call.part("id"));
        return mark(favorites, call, image.id());
    }

    /** Answers with a word where other calls answer with a boolean. */
    static Answer mark(Favorites favorites, Call call, String id) {
        boolean marked = favorites.toggle(call.caller().signedIn(), id);
        return Call.ok(NODES.stringNode(marked ? "favorited" : "unfavorited"));
    }
}
