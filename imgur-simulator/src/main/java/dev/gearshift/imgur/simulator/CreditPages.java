package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.CreditLedger.Credits;
import dev.gearshift.imgur.simulator.CreditLedger.Lack;
import io.netty.handler.codec.http.HttpResponseStatus;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is left, as a page and in headers, and what a call hears for which nothing is left. */
final class CreditPages {

    private static final String RATE = "X-RateLimit-";
    private static final String POST_RATE = "X-Post-Rate-Limit-";

    private final CreditLedger ledger;

    CreditPages(CreditLedger ledger) {
        this.ledger = ledger;
    }

    Answer left(Call call) {
        Credits left = ledger.left(call.caller().account());
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("UserLimit", left.userLimit());
        data.put("UserRemaining", left.userRemaining());
        data.put("UserReset", left.userReset());
        data.put("ClientLimit", left.clientLimit());
        data.put("ClientRemaining", left.clientRemaining());
        return Call.ok(data);
    }

    /** The user's credits come back at a point in time, the posts after some seconds. */
    static Answer withHeaders(Answer answer, Credits left, boolean post) {
        answer.with(RATE + "UserLimit", left.userLimit())
                .with(RATE + "UserRemaining", left.userRemaining())
                .with(RATE + "UserReset", left.userReset())
                .with(RATE + "ClientLimit", left.clientLimit())
                .with(RATE + "ClientRemaining", left.clientRemaining());
        return post
                ? answer.with(POST_RATE + "Limit", left.postLimit())
                        .with(POST_RATE + "Remaining", left.postRemaining())
                        .with(POST_RATE + "Reset", left.postReset())
                : answer;
    }

    static Answer withoutHeaders(Answer answer) {
        for (String name : answer.headers().names()) {
            if (name.startsWith(RATE) || name.startsWith(POST_RATE)) {
                answer.headers().remove(name);
            }
        }
        return answer;
    }

    /** Each purse has words of its own. */
    static Answer exhausted(Request request, Credits left, Lack lack) {
        Answer answer = switch (lack) {
            case USER ->
                ErrorBodies.list(HttpResponseStatus.TOO_MANY_REQUESTS, "The user has exceeded the rate limit.");
            case CLIENT ->
                ErrorBodies.plain(
                        request,
                        HttpResponseStatus.TOO_MANY_REQUESTS,
                        "The application has exceeded its daily rate limit.");
            case POSTS ->
                ErrorBodies.text(
                        request,
                        HttpResponseStatus.TOO_MANY_REQUESTS,
                        "You are uploading too fast. Please wait " + left.postReset() / 60 + " more minutes.");
        };
        return withHeaders(answer, left, lack == Lack.POSTS);
    }
}
