package dev.gearshift.imgur.simulator;

import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;

/**
 * Who calls the API.
 *
 * @param named whether there was a client id or an access token
 * @param account whose access token it was; null where there was none
 */
record Caller(boolean named, @Nullable Account account) {

    private static final String CLIENT = "Client-ID ";
    private static final String BEARER = "Bearer ";

    /** Refuses an access token that doesn't hold. */
    static Caller of(Request request, AccessTokens tokens) {
        String authorization = String.valueOf(request.header(HttpHeaderNames.AUTHORIZATION));
        String token = bearer(request);
        if (token != null) {
            Account account = tokens.holder(token);
            if (account == null) {
                throw Refusal.unauthorized("The access token provided is invalid.");
            }
            return new Caller(true, account);
        }
        boolean named = authorization.startsWith(CLIENT)
                && !authorization.substring(CLIENT.length()).isBlank();
        return new Caller(named, null);
    }

    static @Nullable String bearer(Request request) {
        String authorization = request.header(HttpHeaderNames.AUTHORIZATION);
        return authorization != null && authorization.startsWith(BEARER)
                ? authorization.substring(BEARER.length()).trim()
                : null;
    }

    /** The account that calls; refused where there is none. */
    Account signedIn() {
        if (account == null) {
            throw Refusal.unauthorized("This action requires an access token.");
        }
        return account;
    }
}
