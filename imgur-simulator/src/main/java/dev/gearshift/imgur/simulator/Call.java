package dev.gearshift.imgur.simulator;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A request to the API for which there is a route. */
final class Call {

    private static final int TOO_LARGE_CODE = 1002;

    private final Request request;
    private final Map<String, String> values;
    private final Caller caller;
    private @Nullable Form form;

    Call(Request request, Map<String, String> values, Caller caller) {
        this.request = request;
        this.values = values;
        this.caller = caller;
    }

    Request request() {
        return request;
    }

    Caller caller() {
        return caller;
    }

    /** A part of the path that the route always has. */
    String part(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(request.path() + " was routed without {" + name + "}.");
        }
        return value;
    }

    /** A part of the path that the route may have, else what stands for it. */
    String part(String name, String absent) {
        return values.getOrDefault(name, absent);
    }

    /** A part of the path that may hold anything. */
    String decoded(String name) {
        try {
            return URLDecoder.decode(part(name).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("The path holds a broken escape.");
        }
    }

    long page() {
        return Long.parseLong(part("page", "0"));
    }

    /** The fields of the body. */
    Form form() {
        if (form == null) {
            form = switch (request.body().state()) {
                case KEPT -> Form.read(request);
                case TOO_LARGE -> throw tooLarge();
                case NO_ROOM -> throw new Refusal(asked -> ErrorBodies.unavailable());
            };
        }
        return form;
    }

    /** A list in the body or, where a body is unusual, in the query. */
    List<String> list(String name) {
        List<String> values = new ArrayList<>(form().list(name));
        request.parameters().forEach((parameter, found) -> {
            if (parameter.equals(name) || parameter.equals(name + "[]")) {
                found.stream().flatMap(Form::items).forEach(values::add);
            }
        });
        return values;
    }

    static Refusal tooLarge() {
        return new Refusal(asked -> ErrorBodies.coded(
                asked, HttpResponseStatus.BAD_REQUEST, TOO_LARGE_CODE, "File is over the size limit"));
    }

    static Answer ok(JsonNode data) {
        return ok(ErrorBodies.success(data));
    }

    static Answer ok(byte[] body) {
        return Answer.of(HttpResponseStatus.OK, ErrorBodies.JSON, body);
    }
}
