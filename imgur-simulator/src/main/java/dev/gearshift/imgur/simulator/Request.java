package dev.gearshift.imgur.simulator;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that has been read to its end. */
record Request(String method, String path, String query, HttpHeaders headers, boolean keepAlive) {

    private static final String API = "/3/";
    private static final String STATS = "/stats";
    private static final String SIMULATOR = "/simulator/";

    static Request of(HttpRequest head) {
        String target = head.uri();
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return new Request(head.method().name(), path, query, head.headers(), HttpUtil.isKeepAlive(head));
    }

    boolean isForApi() {
        return path.startsWith(API);
    }

    /** Whether it is for a page that Imgur doesn't have. */
    boolean isForSimulator() {
        return path.equals(STATS) || path.startsWith(STATS + "/") || path.startsWith(SIMULATOR);
    }

    boolean isForImage() {
        return !isForApi() && !isForSimulator();
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    boolean isGet() {
        return method.equals("GET");
    }

    boolean asksFor(String parameter) {
        return List.of(query.split("&")).contains(parameter);
    }

    @Nullable
    String header(CharSequence name) {
        return headers.get(name);
    }

    /** Whether an {@code If-None-Match} names this version. */
    boolean alreadyHas(String etag) {
        String known = headers.get("If-None-Match");
        if (known == null) {
            return false;
        }
        for (String tag : known.split(",")) {
            String version = tag.trim();
            if (version.equals("*") || version.equals(etag) || version.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }
}
