package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.CreditLedger.Credits;
import dev.gearshift.imgur.simulator.Route.Access;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Everything under {@code /3/} and {@code /oauth2/}: who calls, whether it is paid for, which route, and what all
 * answers have in common.
 */
final class ApiPages {

    private final List<Route> routes;
    private final CreditLedger ledger;
    private final AccessTokens tokens;
    private final Traffic traffic;
    private final boolean requireClientId;

    ApiPages(ApiRoutes routes, CreditLedger ledger, AccessTokens tokens, Traffic traffic, boolean requireClientId) {
        this.routes = routes.all();
        this.ledger = ledger;
        this.tokens = tokens;
        this.traffic = traffic;
        this.requireClientId = requireClientId;
    }

    Answer answer(Request request) {
        try {
            return routed(request);
        } catch (Refusal refusal) {
            return refusal.answer(request);
        }
    }

    private Answer routed(Request request) {
        String path = plain(request.path());
        String method = request.isHead() ? "GET" : request.method();
        TreeSet<String> otherMethods = new TreeSet<>();
        for (Route route : routes) {
            Map<String, String> values = route.match(path);
            if (values != null && route.method().equals(method)) {
                return paid(request, route, values, caller(request, route.access()));
            }
            if (values != null) {
                otherMethods.add(route.method());
            }
        }
        caller(request, Access.CLIENT);
        if (otherMethods.isEmpty()) {
            throw Refusal.notFound();
        }
        if (otherMethods.contains("GET")) {
            otherMethods.add("HEAD");
        }
        return ErrorBodies.plain(request, HttpResponseStatus.METHOD_NOT_ALLOWED, "Method not allowed")
                .with(HttpHeaderNames.ALLOW, String.join(", ", otherMethods));
    }

    /** Without the slash and the {@code .json} that may stand at the end. */
    private static String plain(String path) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return plain.endsWith(".json") ? plain.substring(0, plain.length() - ".json".length()) : plain;
    }

    private Caller caller(Request request, Access access) {
        if (access == Access.ANYONE) {
            return new Caller(false, null);
        }
        Caller caller = Caller.of(request, tokens);
        if (requireClientId && !caller.named()) {
            throw Refusal.unauthorized("Authentication required");
        }
        if (access == Access.ACCOUNT) {
            caller.signedIn();
        }
        return caller;
    }

    /** Whoever has a route pays for it, whatever comes of it. */
    private Answer paid(Request request, Route route, Map<String, String> values, Caller caller) {
        boolean post = request.isPost() && route.access() != Access.ANYONE;
        Credits left = ledger.pay(caller.account(), route.cost(), post);
        if (left.lack() != null) {
            traffic.overBudget();
            return CreditPages.exhausted(request, left, left.lack());
        }
        traffic.creditsSpent(route.cost());
        Answer answer = route.handler().apply(new Call(request, values, caller));
        String etag = request.method().equals("GET") || request.isHead() ? etag(answer) : null;
        if (etag != null && request.alreadyHas(etag)) {
            return Answer.empty(HttpResponseStatus.NOT_MODIFIED).with(HttpHeaderNames.ETAG, etag);
        }
        if (etag != null) {
            answer.with(HttpHeaderNames.ETAG, etag);
        }
        return route.access() == Access.ANYONE ? answer : CreditPages.withHeaders(answer, left, post);
    }

    private static @Nullable String etag(Answer answer) {
        if (!answer.status().equals(HttpResponseStatus.OK) || !(answer.body() instanceof Answer.Bytes bytes)) {
            return null;
        }
        CRC32 check = new CRC32();
        check.update(bytes.buffer().duplicate());
        return '"'
                + Long.toHexString(check.getValue())
                + '-'
                + Long.toHexString(answer.body().length())
                + '"';
    }
}
