package dev.gearshift.imgur.simulator;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The pages that Imgur doesn't have: what was seen, and what a correct download looks like. */
final class SimulatorPages {

    static final String STATS = "/stats";
    static final String RESET = "/stats/reset";
    static final String IMAGES = "/simulator/images";

    private final Traffic traffic;
    private final List<ServedImage> images;
    private final JsonMapper mapper = JsonMapper.shared();

    SimulatorPages(Traffic traffic, List<ServedImage> images) {
        this.traffic = traffic;
        this.images = images;
    }

    Answer answer(Request request) {
        return switch (request.path()) {
            case STATS -> request.isGet() ? json(traffic.snapshot()) : wrongMethod("GET");
            case IMAGES -> request.isGet() ? json(images) : wrongMethod("GET");
            case RESET -> {
                if (!request.method().equals("POST")) {
                    yield wrongMethod("POST");
                }
                traffic.reset();
                yield json(traffic.snapshot());
            }
            default -> Answer.of(HttpResponseStatus.NOT_FOUND, "text/plain", "The simulator has no such page.\n");
        };
    }

    private Answer json(Object value) {
        return Answer.of(HttpResponseStatus.OK, "application/json", mapper.writeValueAsBytes(value));
    }

    private static Answer wrongMethod(String allowed) {
        return Answer.empty(HttpResponseStatus.METHOD_NOT_ALLOWED).with(HttpHeaderNames.ALLOW, allowed);
    }
}
