package dev.gearshift.imgur;

/**
 * A place of the API and how it is asked.
 *
 * @param method the HTTP method
 * @param path below {@code /}, with {@code {names}} where values go; starts with {@code 3/} or {@code oauth2/}
 * @param cost in credits, for each attempt
 * @param access who may ask
 */
record Endpoint(String method, String path, int cost, Access access) {
    static final String VERSION = "3/";

    /** Its body tells what the headers of answers tell. */
    static final Endpoint CREDITS = get("credits");

    static final Endpoint UPLOAD = post("image").costing(10);

    enum Access {
        /** Anybody with a client id. */
        APPLICATION,
        /** A signed-in user. */
        USER,
        /** Nobody is named: the body says who asks. */
        NOBODY
    }

    static Endpoint get(String path) {
        return new Endpoint("GET", VERSION + path, 1, Access.APPLICATION);
    }

    static Endpoint post(String path) {
        return new Endpoint("POST", VERSION + path, 1, Access.APPLICATION);
    }

    static Endpoint put(String path) {
        return new Endpoint("PUT", VERSION + path, 1, Access.APPLICATION);
    }

    static Endpoint delete(String path) {
        return new Endpoint("DELETE", VERSION + path, 1, Access.APPLICATION);
    }

    Endpoint costing(int credits) {
        return new Endpoint(method, path, credits, access);
    }

    Endpoint ofUser() {
        return new Endpoint(method, path, cost, Access.USER);
    }

    /** Sent twice, everything but a POST does the same as sent once. */
    boolean repeatable() {
        return !method.equals("POST");
    }

    boolean posts() {
        return method.equals("POST");
    }

    /** As Imgur's documentation writes it: {@code GET /3/album/{id}}. */
    @Override
    public String toString() {
        return method + " /" + path;
    }
}
