package dev.gearshift.imgur.simulator;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.function.Function;

/** The end of a call that is not answered with what was asked for. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Function<Request, Answer> answer;

    Refusal(Function<Request, Answer> answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    static Refusal of(HttpResponseStatus status, String message) {
        return new Refusal(request -> ErrorBodies.plain(request, status, message));
    }

    static Refusal notFound() {
        return of(HttpResponseStatus.NOT_FOUND, "Unable to find what you are looking for.");
    }

    static Refusal badRequest(String message) {
        return of(HttpResponseStatus.BAD_REQUEST, message);
    }

    static Refusal unauthorized(String message) {
        return of(HttpResponseStatus.UNAUTHORIZED, message);
    }

    static Refusal forbidden() {
        return of(HttpResponseStatus.FORBIDDEN, "You must own this to change it.");
    }

    Answer answer(Request request) {
        return answer.apply(request);
    }
}
