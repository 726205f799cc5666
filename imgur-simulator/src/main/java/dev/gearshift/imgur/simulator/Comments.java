package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.AlbumEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people say about the gallery. Nothing is kept: everything about a comment follows from its entry and its number
 * there. Of each three, the first stands alone, the second answers it, and the third answers the second.
 */
final class Comments {

    /** Ids soon leave the range of 32 bits. */
    private static final long FIRST_ID = 2_147_483_000L;

    /** More than an entry has comments. */
    private static final int IDS_FOR_AN_ENTRY = 200;

    private static final int THREAD = 3;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Gallery gallery;

    Comments(Gallery gallery) {
        this.gallery = gallery;
    }

    /** One of them. */
    record Comment(GalleryEntry entry, long id, int number) {

        boolean isRoot() {
            return number % THREAD == 0;
        }

        long parent() {
            return isRoot() ? 0 : id - 1;
        }

        private long dice() {
            return SeedMix.mix(31, id);
        }

        Account author() {
            return Accounts.resident((int) (dice() >>> 40));
        }

        int ups() {
            return (int) (dice() & 0xff);
        }

        int downs() {
            return ups() / 9;
        }

        int points() {
            return ups() - downs();
        }

        long datetime() {
            return entry.uploaded() + 60L * (number + 1);
        }
    }

    /** All about one entry, oldest first; none about what has no place in the gallery. */
    List<Comment> about(GalleryEntry entry) {
        Integer place = gallery.place(entry.id());
        Votes votes = Votes.of(entry.index());
        int count = place == null || votes == null ? 0 : votes.comments();
        List<Comment> comments = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            comments.add(new Comment(entry, firstId(place == null ? 0 : place) + number, number));
        }
        return comments;
    }

    List<Comment> by(Account account) {
        List<Comment> comments = new ArrayList<>();
        for (GalleryEntry entry : gallery.submitted()) {
            for (Comment comment : about(entry)) {
                if (comment.author().equals(account)) {
                    comments.add(comment);
                }
            }
        }
        return comments;
    }

    /** The comment that a call is about. */
    Comment of(Call call) {
        Comment comment = find(Long.parseLong(call.part("number")));
        if (comment == null) {
            throw Refusal.notFound();
        }
        return comment;
    }

    private @Nullable Comment find(long id) {
        long place = (id - FIRST_ID) / IDS_FOR_AN_ENTRY;
        if (id < FIRST_ID || place >= gallery.submitted().size()) {
            return null;
        }
        List<Comment> comments = about(gallery.submitted().get((int) place));
        int number = (int) ((id - FIRST_ID) % IDS_FOR_AN_ENTRY);
        return number < comments.size() ? comments.get(number) : null;
    }

    private static long firstId(int place) {
        return FIRST_ID + (long) place * IDS_FOR_AN_ENTRY;
    }

    static List<Comment> sorted(List<Comment> comments, String order) {
        Comparator<Comment> byPoints = Comparator.comparingInt(Comment::points);
        Comparator<Comment> byTime = Comparator.comparingLong(Comment::datetime);
        return comments.stream()
                .sorted(
                        switch (order) {
                            case "worst" -> byPoints;
                            case "oldest" -> byTime;
                            case "newest", "new" -> byTime.reversed();
                            default -> byPoints.reversed();
                        })
                .toList();
    }

    /** The comments that stand alone, with the answers to them inside. */
    ArrayNode threads(GalleryEntry entry, String order) {
        List<Comment> all = about(entry);
        List<Comment> roots = all.stream().filter(Comment::isRoot).toList();
        ArrayNode threads = NODES.arrayNode();
        sorted(roots, order).forEach(root -> threads.add(withAnswers(root)));
        return threads;
    }

    ArrayNode plain(List<Comment> comments) {
        ArrayNode list = NODES.arrayNode();
        comments.forEach(comment -> list.add(alone(comment)));
        return list;
    }

    /** With its answers inside. */
    ObjectNode withAnswers(Comment comment) {
        Comment answer = answerTo(comment);
        return json(comment, answer == null ? null : withAnswers(answer));
    }

    /** With the ids of its answers. */
    ObjectNode alone(Comment comment) {
        Comment answer = answerTo(comment);
        return json(comment, answer == null ? null : NODES.numberNode(answer.id()));
    }

    private @Nullable Comment answerTo(Comment comment) {
        return comment.number() % THREAD == THREAD - 1 ? null : find(comment.id() + 1);
    }

    private static ObjectNode json(Comment comment, @Nullable JsonNode answer) {
        GalleryEntry entry = comment.entry();
        boolean deleted = comment.number() % 11 == 7;
        ObjectNode item = NODES.objectNode();
        item.put("id", comment.id());
        item.put("image_id", entry.id());
        item.put("comment", deleted ? "[deleted]" : "What number " + comment.number() + " says about it");
        item.put("author", deleted ? "[deleted]" : comment.author().name());
        item.put("author_id", deleted ? 0 : comment.author().id());
        item.put("on_album", entry instanceof AlbumEntry);
        item.put(
                "album_cover",
                entry instanceof AlbumEntry album && album.cover() != null
                        ? album.cover().id()
                        : null);
        item.put("ups", comment.ups());
        item.put("downs", comment.downs());
        item.put("points", comment.points());
        item.put("datetime", comment.datetime());
        item.put("parent_id", comment.parent());
        item.put("deleted", deleted);
        item.put("vote", comment.number() % 7 == 3 ? "up" : null);
        item.put("platform", comment.number() % 2 == 0 ? "api" : "desktop");
        item.put("has_admin_badge", false);
        ArrayNode children = item.putArray("children");
        if (answer != null) {
            children.add(answer);
        }
        return item;
    }
}
