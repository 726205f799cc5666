package dev.gearshift.imgur.simulator;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Access tokens for refresh tokens, and what is left of Imgur's pages for new clients. */
final class SignIn {

    private final AccessTokens tokens;
    private final Accounts accounts;

    SignIn(AccessTokens tokens, Accounts accounts) {
        this.tokens = tokens;
        this.accounts = accounts;
    }

    /** Answers without the envelope that everything else comes in. */
    Answer token(Call call) {
        Form form = call.form();
        if (!"refresh_token".equals(form.text("grant_type"))) {
            throw Refusal.badRequest("Invalid grant_type parameter or parameter missing");
        }
        for (String name : new String[] {"client_id", "client_secret", "refresh_token"}) {
            String value = form.text(name);
            if (value == null || value.isBlank()) {
                throw Refusal.badRequest("The parameter " + name + " is missing");
            }
        }
        String name = AccessTokens.nameIn(String.valueOf(form.text("refresh_token")));
        Account account = name == null ? null : accounts.signedIn(name);
        if (account == null) {
            throw Refusal.badRequest("Invalid refresh token");
        }
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("access_token", tokens.issue(account));
        data.put("expires_in", tokens.lifetime().toSeconds());
        data.put("token_type", "bearer");
        data.put("scope", "");
        data.put("refresh_token", AccessTokens.refreshToken(account.name()));
        data.put("account_id", account.id());
        data.put("account_username", account.name());
        return Call.ok(JsonMapper.shared().writeValueAsBytes(data));
    }

    Answer authorize(Call call) {
        return ErrorBodies.error1024();
    }

    Answer addClient(Call call) {
        return Answer.empty(HttpResponseStatus.MOVED_PERMANENTLY).with(HttpHeaderNames.LOCATION, "https://imgur.com/");
    }
}
