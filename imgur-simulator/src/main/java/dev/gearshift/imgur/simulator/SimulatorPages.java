package dev.gearshift.imgur.simulator;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The pages that Imgur doesn't have: what was seen, what a correct download looks like, and what goes wrong. */
final class SimulatorPages {

    static final String STATS = "/stats";
    static final String RESET = "/stats/reset";
    static final String IMAGES = "/simulator/images";
    static final String FAULTS = "/simulator/faults";
    static final String EXPIRE_TOKENS = "/simulator/tokens/expire";

    private static final String TEXT = "text/plain; charset=utf-8";

    private final Traffic traffic;
    private final List<ServedImage> images;
    private final FaultInjector faults;
    private final AccessTokens tokens;
    private final JsonMapper mapper = JsonMapper.shared();

    SimulatorPages(Traffic traffic, List<ServedImage> images, FaultInjector faults, AccessTokens tokens) {
        this.traffic = traffic;
        this.images = images;
        this.faults = faults;
        this.tokens = tokens;
    }

    Answer answer(Request request) {
        return switch (request.path()) {
            case STATS -> request.isGet() ? json(traffic.snapshot()) : wrongMethod("GET");
            case IMAGES -> request.isGet() ? json(images) : wrongMethod("GET");
            case FAULTS -> request.isGet() ? script() : request.isPost() ? play(request) : wrongMethod("GET, POST");
            case RESET -> {
                if (!request.isPost()) {
                    yield wrongMethod("POST");
                }
                traffic.reset();
                yield json(traffic.snapshot());
            }
            case EXPIRE_TOKENS -> {
                if (!request.isPost()) {
                    yield wrongMethod("POST");
                }
                tokens.expireAll();
                yield Answer.empty(HttpResponseStatus.NO_CONTENT);
            }
            default -> Answer.of(HttpResponseStatus.NOT_FOUND, TEXT, "The simulator has no such page.\n");
        };
    }

    private Answer script() {
        return Answer.of(HttpResponseStatus.OK, TEXT, faults.faults() + "\n");
    }

    private Answer play(Request request) {
        try {
            faults.play(Faults.parse(new String(request.body().bytes(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return Answer.of(HttpResponseStatus.BAD_REQUEST, TEXT, e.getMessage() + "\n");
        }
        return script();
    }

    private Answer json(Object value) {
        return Answer.of(HttpResponseStatus.OK, ErrorBodies.JSON, mapper.writeValueAsBytes(value));
    }

    private static Answer wrongMethod(String allowed) {
        return Answer.empty(HttpResponseStatus.METHOD_NOT_ALLOWED).with(HttpHeaderNames.ALLOW, allowed);
    }
}
