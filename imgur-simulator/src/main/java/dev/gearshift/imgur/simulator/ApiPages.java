package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.CreditCounter.Credits;
import dev.gearshift.imgur.simulator.GalleryEntry.AlbumEntry;
import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Everything under {@code /3/}. */
final class ApiPages {

    private static final String JSON = "application/json";
    private static final Set<String> SECTIONS = Set.of("hot", "top", "user", "random");
    private static final String ALBUM_PREVIEWS = "album_previews=true";

    private final Gallery gallery;
    private final ItemJson json;
    private final CreditCounter credits;
    private final boolean requireClientId;
    private final JsonMapper mapper = JsonMapper.shared();

    /** The listing of everything, without and with album previews: for many images too large to write each time. */
    private final Map<Boolean, byte[]> wholeListings = new ConcurrentHashMap<>();

    ApiPages(Gallery gallery, ItemJson json, CreditCounter credits, boolean requireClientId) {
        this.gallery = gallery;
        this.json = json;
        this.credits = credits;
        this.requireClientId = requireClientId;
    }

    Answer answer(Request request) {
        if (requireClientId && !isAuthorized(request)) {
            return failure(request, HttpResponseStatus.UNAUTHORIZED, "Authentication required");
        }
        if (!request.isGet() && !request.isHead()) {
            return failure(request, HttpResponseStatus.METHOD_NOT_ALLOWED, "Method not allowed")
                    .with(HttpHeaderNames.ALLOW, "GET, HEAD");
        }
        List<String> path = Arrays.asList(request.path().split("/"));
        byte[] body = body(request, path.subList(Math.min(2, path.size()), path.size()));
        if (body == null) {
            return failure(request, HttpResponseStatus.NOT_FOUND, "Unable to find what you are looking for.");
        }
        String etag = etag(body);
        Credits left = credits.spendOne();
        Answer answer = request.alreadyHas(etag)
                ? Answer.empty(HttpResponseStatus.NOT_MODIFIED)
                : Answer.of(HttpResponseStatus.OK, JSON, body);
        return answer.with(HttpHeaderNames.ETAG, etag)
                .with("X-RateLimit-UserLimit", CreditCounter.USER_LIMIT)
                .with("X-RateLimit-UserRemaining", left.userRemaining())
                .with("X-RateLimit-UserReset", left.userReset())
                .with("X-RateLimit-ClientLimit", CreditCounter.CLIENT_LIMIT)
                .with("X-RateLimit-ClientRemaining", left.clientRemaining());
    }

    private static boolean isAuthorized(Request request) {
        String authorization = request.header(HttpHeaderNames.AUTHORIZATION);
        return authorization != null
                && (authorization.startsWith("Client-ID ") || authorization.startsWith("Bearer "))
                && !authorization.substring(authorization.indexOf(' ')).isBlank();
    }

    private byte @Nullable [] body(Request request, List<String> path) {
        String kind = path.isEmpty() ? "" : path.get(0);
        return switch (kind) {
            case "gallery" -> galleryBody(request, path.subList(1, path.size()));
            case "album" -> albumBody(path);
            case "image" -> path.size() == 2 ? imageBody(path.get(1), false) : null;
            case "credits" -> path.size() == 1 ? success(creditsLeft()) : null;
            default -> null;
        };
    }

    private byte @Nullable [] galleryBody(Request request, List<String> path) {
        if (path.size() == 2 && path.get(0).equals("image")) {
            return imageBody(path.get(1), true);
        }
        if (path.size() == 2 && path.get(0).equals("album")) {
            AlbumEntry album = gallery.album(path.get(1));
            return album == null ? null : success(withImages(json.galleryAlbum(album), album));
        }
        if (path.size() < 2 || path.size() > 4 || !SECTIONS.contains(path.get(0))) {
            return null;
        }
        String last = path.get(path.size() - 1);
        boolean paged = path.size() > 2 && last.matches("\\d{1,9}");
        if (path.size() == 4 && !paged) {
            return null;
        }
        long page = paged ? Long.parseLong(last) : 0;
        boolean previews = request.asksFor(ALBUM_PREVIEWS);
        if (!path.get(0).equals("random")) {
            return success(json.listing(gallery.page(page), previews));
        }
        return page == 0
                ? wholeListings.computeIfAbsent(previews, with -> success(json.listing(gallery.all(), with)))
                : success(json.listing(List.of(), previews));
    }

    private byte @Nullable [] albumBody(List<String> path) {
        AlbumEntry album = path.size() < 2 ? null : gallery.album(path.get(1));
        if (album == null) {
            return null;
        }
        if (path.size() == 2) {
            return success(withImages(json.album(album), album));
        }
        return path.size() == 3 && path.get(2).equals("images") ? success(json.images(album.images())) : null;
    }

    private byte @Nullable [] imageBody(String id, boolean inGallery) {
        ImageEntry image = gallery.image(id);
        if (image == null) {
            return null;
        }
        return success(inGallery ? json.galleryImage(image) : json.image(image));
    }

    private ObjectNode withImages(ObjectNode item, AlbumEntry album) {
        item.set("images", json.images(album.images()));
        return item;
    }

    private ObjectNode creditsLeft() {
        Credits left = credits.now();
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("UserLimit", CreditCounter.USER_LIMIT);
        data.put("UserRemaining", left.userRemaining());
        data.put("UserReset", left.userReset());
        data.put("ClientLimit", CreditCounter.CLIENT_LIMIT);
        data.put("ClientRemaining", left.clientRemaining());
        return data;
    }

    private byte[] success(JsonNode data) {
        return envelope(data, true, HttpResponseStatus.OK);
    }

    private Answer failure(Request request, HttpResponseStatus status, String message) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("error", message);
        data.put("request", request.path());
        data.put("method", request.method());
        return Answer.of(status, JSON, envelope(data, false, status));
    }

    private byte[] envelope(JsonNode data, boolean success, HttpResponseStatus status) {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.set("data", data);
        envelope.put("success", success);
        envelope.put("status", status.code());
        return mapper.writeValueAsBytes(envelope);
    }

    private static String etag(byte[] body) {
        CRC32 check = new CRC32();
        check.update(body);
        return '"' + Long.toHexString(check.getValue()) + '-' + Integer.toHexString(body.length) + '"';
    }
}
