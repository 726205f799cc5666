package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.Comments.Comment;
import dev.gearshift.imgur.simulator.GalleryEntry.AlbumEntry;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is asked about accounts. */
final class AccountPages {

    private static final int PAGE = 50;
    private static final int MOST_IN_A_PAGE = 100;
    private static final int ALL_TROPHIES = 3;
    private static final List<String> AVATARS = List.of("default/A", "default/B", "default/C");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Accounts accounts;
    private final Library library;
    private final ItemJson json;
    private final Comments comments;
    private final Favorites favorites;

    AccountPages(Accounts accounts, Library library, ItemJson json, Comments comments, Favorites favorites) {
        this.accounts = accounts;
        this.library = library;
        this.json = json;
        this.comments = comments;
        this.favorites = favorites;
    }

    Answer account(Call call) {
        Account account = named(call, call.request().parameter("account_id"));
        int number = account.id() % Accounts.RESIDENTS;
        ObjectNode data = NODES.objectNode();
        data.put("id", account.id());
        data.put("url", account.name());
        data.put("bio", number % 3 == 0 ? "Takes pictures of mountains." : null);
        data.put("avatar", number % 2 == 0 ? "https://i.imgur.com/avatar" + number + "_d.png" : null);
        data.put("avatar_name", "default/A");
        data.putNull("cover");
        data.put("cover_name", "landscape");
        if (number % 4 == 1) {
            data.put("reputation", 15_303.84 + number);
        } else {
            data.put("reputation", 100 * number);
        }
        data.put("reputation_name", number < 20 ? "Neutral" : "Liked");
        data.put("created", 1_400_000_000L + 86_400L * number);
        if (number % 5 == 4) {
            data.put("pro_expiration", 1_800_000_000L + number);
        } else {
            data.put("pro_expiration", false);
        }
        data.putObject("user_follow").put("status", false);
        if (number % 2 == 1) {
            data.put("is_blocked", false);
        }
        return Call.ok(data);
    }

    Answer submissions(Call call) {
        Account account = named(call);
        List<GalleryEntry> submitted = new ArrayList<>(library.gallery().submitted().stream()
                .filter(entry -> account.equals(entry.account()))
                .toList());
        if (List.of("oldest", "worst").contains(call.part("order", "newest"))) {
            Collections.reverse(submitted);
        }
        return listing(call, submitted);
    }

    /** About a third of everything. */
    Answer galleryFavorites(Call call) {
        Account account = named(call);
        List<GalleryEntry> favorites = new ArrayList<>(library.gallery().submitted().stream()
                .filter(entry -> SeedMix.mix(account.id(), entry.id().hashCode()) % 3 == 0)
                .toList());
        if (call.part("order", "newest").equals("oldest")) {
            Collections.reverse(favorites);
        }
        return listing(call, favorites);
    }

    /** What the caller's account has marked; nobody's votes are told. */
    Answer favorites(Call call) {
        List<GalleryEntry> marked = new ArrayList<>();
        for (String id : favorites.of(own(call))) {
            GalleryEntry entry = library.find(id);
            if (entry != null) {
                marked.add(entry);
            }
        }
        if (!call.part("order", "newest").equals("oldest")) {
            Collections.reverse(marked);
        }
        ArrayNode list = json.listing(Gallery.page(marked, call.page(), Gallery.PAGE), false);
        for (JsonNode item : list) {
            ((ObjectNode) item).putNull("ups").putNull("downs").putNull("score").put("favorite", true);
        }
        return Call.ok(list);
    }

    private Answer listing(Call call, List<GalleryEntry> entries) {
        return Call.ok(json.listing(
                Gallery.page(entries, call.page(), Gallery.PAGE), call.request().asksFor("album_previews")));
    }

    Answer albums(Call call) {
        ArrayNode list = NODES.arrayNode();
        Gallery.page(albumsOf(named(call)), call.page(), size(call)).forEach(album -> list.add(json.album(album)));
        return Call.ok(list);
    }

    Answer albumIds(Call call) {
        ArrayNode list = NODES.arrayNode();
        Gallery.page(albumsOf(named(call)), call.page(), size(call)).forEach(album -> list.add(album.id()));
        return Call.ok(list);
    }

    Answer albumCount(Call call) {
        return Call.ok(NODES.numberNode(albumsOf(named(call)).size()));
    }

    private List<AlbumEntry> albumsOf(Account account) {
        List<AlbumEntry> albums = new ArrayList<>(library.uploads().albumsOf(account));
        for (GalleryEntry entry : library.gallery().submitted()) {
            if (entry instanceof AlbumEntry album && account.equals(album.account())) {
                albums.add(album);
            }
        }
        return albums;
    }

    Answer comments(Call call) {
        return Call.ok(comments.plain(commentsOf(call)));
    }

    Answer commentIds(Call call) {
        ArrayNode list = NODES.arrayNode();
        commentsOf(call).forEach(comment -> list.add(comment.id()));
        return Call.ok(list);
    }

    Answer commentCount(Call call) {
        return Call.ok(NODES.numberNode(comments.by(named(call)).size()));
    }

    Answer comment(Call call) {
        Comment comment = comments.of(call);
        if (!comment.author().equals(named(call))) {
            throw Refusal.notFound();
        }
        return Call.ok(comments.alone(comment));
    }

    private List<Comment> commentsOf(Call call) {
        List<Comment> all = Comments.sorted(comments.by(named(call)), call.part("order", "newest"));
        return Gallery.page(all, call.page(), PAGE);
    }

    Answer galleryProfile(Call call) {
        Account account = named(call);
        ObjectNode data = NODES.objectNode();
        data.put("total_gallery_comments", comments.by(account).size());
        data.put("total_gallery_favorites", account.id() % 100);
        data.put(
                "total_gallery_submissions",
                library.gallery().submitted().stream()
                        .filter(entry -> account.equals(entry.account()))
                        .count());
        ArrayNode trophies = data.putArray("trophies");
        for (int i = 0; i < account.id() % (ALL_TROPHIES + 1); i++) {
            ObjectNode trophy = trophies.addObject();
            trophy.put("id", String.valueOf(i + 1));
            trophy.put("name", "Trophy " + (i + 1));
            trophy.put("name_clean", "trophy" + (i + 1));
            trophy.put("description", "For being there.");
            trophy.putNull("data");
            trophy.putNull("data_link");
            trophy.put("datetime", 1_500_000_000L + i);
            trophy.put("image", "https://s.imgur.com/images/trophies/" + (i + 1) + ".png");
        }
        return Call.ok(data);
    }

    Answer availableAvatars(Call call) {
        named(call);
        ObjectNode data = NODES.objectNode();
        data.put("available_avatars_count", AVATARS.size());
        ArrayNode avatars = data.putArray("available_avatars");
        for (String name : AVATARS) {
            ObjectNode avatar = avatars.addObject();
            avatar.put("name", name);
            avatar.put("location", "https://s.imgur.com/images/avatars/" + name + ".png");
        }
        data.put("avatars_are_paginated", false);
        return Call.ok(data);
    }

    /** What the caller's account has uploaded. */
    Answer images(Call call) {
        ArrayNode list = NODES.arrayNode();
        Gallery.page(library.uploads().imagesOf(own(call)), call.page(), size(call))
                .forEach(owned -> list.add(owned.json(json, true)));
        return Call.ok(list);
    }

    Answer imageIds(Call call) {
        ArrayNode list = NODES.arrayNode();
        Gallery.page(library.uploads().imagesOf(own(call)), call.page(), size(call))
                .forEach(owned -> list.add(owned.image().id()));
        return Call.ok(list);
    }

    Answer imageCount(Call call) {
        return Call.ok(NODES.numberNode(library.uploads().imagesOf(own(call)).size()));
    }

    private Account own(Call call) {
        Account account = named(call);
        if (!account.equals(call.caller().account())) {
            throw Refusal.forbidden();
        }
        return account;
    }

    private Account named(Call call) {
        return named(call, null);
    }

    private Account named(Call call, @Nullable String id) {
        if (id != null) {
            return known(id.matches("\\d{1,9}") ? accounts.find(Integer.parseInt(id)) : null);
        }
        String name = call.part("user");
        return name.equals("me") ? call.caller().signedIn() : known(accounts.find(name));
    }

    private static Account known(@Nullable Account account) {
        if (account == null) {
            throw Refusal.of(HttpResponseStatus.NOT_FOUND, "Account not found");
        }
        return account;
    }

    /** {@code perPage}, which galleries don't know. */
    private static int size(Call call) {
        String size = call.request().parameter("perPage");
        return size == null || !size.matches("[1-9]\\d{0,3}") ? PAGE : Math.min(MOST_IN_A_PAGE, Integer.parseInt(size));
    }
}
