package dev.gearshift.imgur;

/**
 * Calls about the signed-in user's tokens. Each gives a call that has not been sent; it fails with an
 * {@link ImgurException} when it is. Safe for use by many threads.
 */
public final class OAuthEndpoints {
    private final ApiAccess api;

    OAuthEndpoints(ApiAccess api) {
        this.api = api;
    }

    /**
     * Asks for a new access token, and uses it from then on: {@code POST /oauth2/token}. Costs no credit. There is seldom
     * need to send it: a call that is turned away because of its token does so by itself, once for all calls. Fails with
     * {@link ImgurException.BadRequest} if the refresh token is no longer good.
     *
     * @throws IllegalStateException if the client has no refresh token or no client secret
     */
    public ImgurRequest<ImgurTokens> refresh() {
        return api.refresh();
    }
}
