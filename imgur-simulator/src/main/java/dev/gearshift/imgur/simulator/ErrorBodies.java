package dev.gearshift.imgur.simulator;

import io.netty.handler.codec.http.HttpResponseStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The shapes in which Imgur says that something went wrong, and the one in which it says that all is well. */
final class ErrorBodies {

    static final String JSON = "application/json";
    static final String HTML = "text/html; charset=utf-8";

    static final String OVER_CAPACITY = "Imgur is temporarily over capacity. Please try again later.";
    static final String UPSTREAM = "Operation timed out after 5000 milliseconds with 0 bytes received";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private ErrorBodies() {}

    static byte[] success(JsonNode data) {
        return envelope(data, true, HttpResponseStatus.OK);
    }

    /** The usual shape: the message, and what was asked for. */
    static Answer plain(Request request, HttpResponseStatus status, String message) {
        ObjectNode data = NODES.objectNode();
        data.put("error", message);
        return withRequest(data, request, status);
    }

    /** The error is an object with a code. */
    static Answer coded(Request request, HttpResponseStatus status, int code, String message) {
        ObjectNode data = NODES.objectNode();
        ObjectNode error = data.putObject("error");
        error.put("code", code);
        error.put("message", message);
        error.put("type", "ImgurException");
        error.putArray("exception");
        return withRequest(data, request, status);
    }

    private static Answer withRequest(ObjectNode data, Request request, HttpResponseStatus status) {
        data.put("request", request.path());
        data.put("method", request.method());
        return json(request, status, data);
    }

    /** The data is the message. */
    static Answer text(Request request, HttpResponseStatus status, String message) {
        return json(request, status, NODES.stringNode(message));
    }

    /** The usual shape without what was asked for. */
    static Answer overCapacity(Request request) {
        ObjectNode data = NODES.objectNode();
        data.put("error", OVER_CAPACITY);
        return json(request, HttpResponseStatus.FORBIDDEN, data);
    }

    /** The shape of JSON:API: no data, and the status is a string. */
    static Answer list(HttpResponseStatus status, String detail) {
        ObjectNode body = NODES.objectNode();
        ObjectNode error = body.putArray("errors").addObject();
        error.put("id", "legacy-api-6c96bc6f7c-simul");
        error.put("code", String.valueOf(status.code()));
        error.put("status", status.reasonPhrase());
        error.put("detail", detail);
        return Answer.of(status, JSON, MAPPER.writeValueAsBytes(body));
    }

    static Answer unavailable() {
        return page(
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "Imgur is over capacity!",
                "Imgur is over capacity! Try again.");
    }

    /** What the cache in front says of itself. */
    static Answer cacheError() {
        return Answer.of(
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                HTML,
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n<html><head><title>503 client read"
                        + " error</title></head>\n<body><h1>Error 503 client read error</h1><p>client read error"
                        + "</p><hr><p>Varnish cache server</p></body></html>\n");
    }

    /** The page that the authorisation of new clients ends in. */
    static Answer error1024() {
        return page(HttpResponseStatus.OK, "imgur: the simple image sharer", "Error (1024)");
    }

    static Answer page(HttpResponseStatus status, String title, String text) {
        return Answer.of(
                status,
                HTML,
                "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head>\n<body><h1>" + text
                        + "</h1></body></html>\n");
    }

    /** {@code ?_fake_status=200} changes the status of the answer, and not the one in its body. */
    private static Answer json(Request request, HttpResponseStatus status, JsonNode data) {
        HttpResponseStatus shown = "200".equals(request.parameter("_fake_status")) ? HttpResponseStatus.OK : status;
        return Answer.of(shown, JSON, envelope(data, false, status));
    }

    private static byte[] envelope(JsonNode data, boolean success, HttpResponseStatus status) {
        ObjectNode envelope = NODES.objectNode();
        envelope.set("data", data);
        envelope.put("success", success);
        envelope.put("status", status.code());
        return MAPPER.writeValueAsBytes(envelope);
    }
}
