package dev.gearshift.imgur.simulator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How many credits there are before the API answers 429. A call costs one credit, an upload ten, and what is asked of
 * {@code /oauth2/} nothing. Immutable.
 *
 * @param user credits of whoever calls with a client id, in a {@code window}; 500 at Imgur
 * @param account credits of each account that calls with an access token, in a {@code window}; 2,000 at Imgur
 * @param client credits of the client in a day; 12,500 at Imgur
 * @param posts POST requests in a {@code window}; 1,250 at Imgur
 * @param window after how long the credits of users, and the posts, come back: from one second to one day; an hour at
 *     Imgur
 */
public record CreditLimits(int user, int account, int client, int posts, Duration window) {

    private static final Duration DAY = Duration.ofDays(1);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a count is negative, or the window outside its range
     */
    public CreditLimits {
        requireNonNull(window, "window");
        require("user", user);
        require("account", account);
        require("client", client);
        require("posts", posts);
        if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(DAY) > 0) {
            throw new IllegalArgumentException(
                    "The credits' window must be from 1 second to 1 day, not " + window + ".");
        }
    }

    /**
     * Imgur's own limits.
     *
     * @return 500, 2,000, 12,500 and 1,250, with a window of an hour
     */
    public static CreditLimits imgur() {
        return new CreditLimits(500, 2000, 12_500, 1250, Duration.ofHours(1));
    }

    /**
     * One budget for everything: a client that makes more calls than this meets a 429.
     *
     * @param credits of the client and of each user, at least 0
     * @return limits that differ from {@link #imgur()} in these
     */
    public static CreditLimits of(int credits) {
        CreditLimits usual = imgur();
        return new CreditLimits(credits, credits, credits, usual.posts, usual.window);
    }

    /**
     * The same with other credits of whoever calls with a client id.
     *
     * @param user at least 0
     * @return a changed copy
     */
    public CreditLimits withUser(int user) {
        return new CreditLimits(user, account, client, posts, window);
    }

    /**
     * The same with other credits of each account.
     *
     * @param account at least 0
     * @return a changed copy
     */
    public CreditLimits withAccount(int account) {
        return new CreditLimits(user, account, client, posts, window);
    }

    /**
     * The same with other credits of the client, in a day.
     *
     * @param client at least 0
     * @return a changed copy
     */
    public CreditLimits withClient(int client) {
        return new CreditLimits(user, account, client, posts, window);
    }

    /**
     * The same with another count of posts.
     *
     * @param posts at least 0
     * @return a changed copy
     */
    public CreditLimits withPosts(int posts) {
        return new CreditLimits(user, account, client, posts, window);
    }

    /**
     * The same with another window.
     *
     * @param window from one second to one day
     * @return a changed copy
     */
    public CreditLimits withWindow(Duration window) {
        return new CreditLimits(user, account, client, posts, window);
    }

    private static void require(String name, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("The limit '" + name + "' must be 0 or more, but is " + count + ".");
        }
    }
}
