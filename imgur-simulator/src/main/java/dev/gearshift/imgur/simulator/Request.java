package dev.gearshift.imgur.simulator;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that has been read to its end. */
record Request(String method, String path, String query, HttpHeaders headers, RequestBody body, boolean keepAlive) {

    private static final String API = "/3/";
    private static final String OAUTH = "/oauth2/";
    private static final String STATS = "/stats";
    private static final String SIMULATOR = "/simulator/";

    static Request of(HttpRequest head, RequestBody body) {
        String target = head.uri();
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return new Request(head.method().name(), path, query, head.headers(), body, HttpUtil.isKeepAlive(head));
    }

    /** The same without a header. */
    Request without(CharSequence header) {
        return new Request(method, path, query, headers.copy().remove(header), body, keepAlive);
    }

    boolean isForApi() {
        return path.startsWith(API) || path.startsWith(OAUTH);
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

    boolean isPost() {
        return method.equals("POST");
    }

    @Nullable
    String header(CharSequence name) {
        return headers.get(name);
    }

    /** The parameters of the query; a broken escape makes them empty. */
    Map<String, List<String>> parameters() {
        try {
            return new QueryStringDecoder(query, false).parameters();
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    /** The first value of a parameter of the query, or null. */
    @Nullable
    String parameter(String name) {
        List<String> values = parameters().get(name);
        return values == null ? null : values.get(0);
    }

    /** Whether a parameter of the query says yes: {@code true} or {@code 1}. */
    boolean asksFor(String name) {
        String value = parameter(name);
        return value != null && (value.equals("true") || value.equals("1"));
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
