package dev.gearshift.imgur;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One call of the API that has not been sent yet: what will be asked, and how. It can be sent as often as wanted, by
 * waiting for the answer or without, and for the value alone or for the whole answer.
 *
 * <pre>{@code
 * Album album = imgur.albums().get("Zy9xW").send();
 * CompletableFuture<Album> later = imgur.albums().get("Zy9xW").sendAsync();
 * ImgurAnswer<Album> answer = imgur.albums().get("Zy9xW").withTimeout(Duration.ofSeconds(5)).answer();
 * }</pre>
 *
 * <p>Instances never change, and are safe for use by many threads: each {@code with…} gives a changed copy.
 *
 * @param <T> what the answer is read as
 */
public final class ImgurRequest<T> {

    /** How to send it; what is {@code null} is as the client is set up. */
    record Terms(
            @Nullable Duration timeout,
            @Nullable Duration deadline,
            @Nullable Integer maxAttempts,
            boolean retryOfPosts) {
        static final Terms DEFAULT = new Terms(null, null, null, false);
    }

    private final ApiAccess api;
    private final Address address;
    private final ImmutableList<Address.Field> form;
    private final @Nullable Content content;
    private final Function<Map<?, ?>, T> decoder;
    private final Terms terms;

    /** The decoder is given the answer's JSON object as it came, envelope and all. */
    ImgurRequest(
            ApiAccess api,
            Address address,
            ImmutableList<Address.Field> form,
            @Nullable Content content,
            Function<Map<?, ?>, T> decoder,
            Terms terms) {
        this.api = api;
        this.address = address;
        this.form = form;
        this.content = content;
        this.decoder = decoder;
        this.terms = terms;
    }

    /** What is asked, as Imgur's documentation writes it: {@code GET /3/album/{id}}. */
    public String endpoint() {
        return address.endpoint().toString();
    }

    /** How many credits an attempt costs. */
    public int cost() {
        return address.endpoint().cost();
    }

    /**
     * Whether the call does the same when it is sent twice. All but {@code POST} do; only those are tried again after a
     * failure that does not say whether Imgur carried the call out. So a {@code DELETE} may end in
     * {@link ImgurException.NotFound} because an earlier attempt, whose failure is suppressed there, has done it.
     */
    public boolean repeatable() {
        return address.endpoint().repeatable();
    }

    /**
     * Sends the call and waits for the value. An interrupt of the calling thread aborts it; a thread that was interrupted
     * before sends nothing. Each attempt costs {@link #cost()}.
     *
     * @throws ImgurException if there is no answer worth having, after as many attempts as are allowed
     * @throws IllegalStateException if the client is closed, or the call needs a signed-in user and there is none
     */
    public T send() {
        return answer().value();
    }

    /**
     * Sends the call and holds no thread for it. Completing the future from outside, by {@code cancel}, {@code orTimeout}
     * or otherwise, aborts the exchange; this goes for the future returned here, not for those made from it. What is hung
     * on to it runs in {@link ForkJoinPool#commonPool()} unless it names an executor. Each attempt costs {@link #cost()}.
     *
     * @return the value, or an {@link ImgurException}
     * @throws IllegalStateException if the client is closed, or the call needs a signed-in user and there is none
     */
    public CompletableFuture<T> sendAsync() {
        CompletableFuture<ImgurAnswer<T>> answer = answerAsync();
        CompletableFuture<T> value = new CompletableFuture<>();
        Futures.pass(answer, value, ImgurAnswer::value);
        return value;
    }

    /**
     * Sends the call and waits for the whole answer, as {@link #send} does. Each attempt costs {@link #cost()}.
     *
     * @throws ImgurException if there is no answer worth having, after as many attempts as are allowed
     * @throws IllegalStateException if the client is closed, or the call needs a signed-in user and there is none
     */
    public ImgurAnswer<T> answer() {
        return api.await(this);
    }

    /**
     * Sends the call for the whole answer and holds no thread for it, as {@link #sendAsync} does. Each attempt costs
     * {@link #cost()}.
     *
     * @return the answer, or an {@link ImgurException}
     * @throws IllegalStateException if the client is closed, or the call needs a signed-in user and there is none
     */
    public CompletableFuture<ImgurAnswer<T>> answerAsync() {
        return api.start(this, ForkJoinPool.commonPool()).future();
    }

    /**
     * How long an attempt may take in all, to the last byte of its answer and whatever is to be sent, in place of the
     * client's {@link ImgurClient.Builder#requestTimeout requestTimeout}.
     *
     * @throws IllegalArgumentException if it is not more than zero
     */
    public ImgurRequest<T> withTimeout(Duration timeout) {
        return with(new Terms(Positive.of(timeout, "timeout"), terms.deadline, terms.maxAttempts, terms.retryOfPosts));
    }

    /**
     * How long the call may take in all: with the waits for credits and new tokens, each attempt, and the pauses between
     * them. Then it is given up, and fails with {@link ImgurException.NoAnswer}. Without this there is no such limit.
     *
     * @throws IllegalArgumentException if it is not more than zero
     */
    public ImgurRequest<T> withDeadline(Duration deadline) {
        return with(new Terms(terms.timeout, Positive.of(deadline, "deadline"), terms.maxAttempts, terms.retryOfPosts));
    }

    /**
     * How often the call is tried before it fails, in place of the client's
     * {@link ImgurClient.Builder#maxAttempts maxAttempts}; 1 for no retries.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public ImgurRequest<T> withMaxAttempts(int maxAttempts) {
        return with(
                new Terms(terms.timeout, terms.deadline, Positive.of(maxAttempts, "maxAttempts"), terms.retryOfPosts));
    }

    /**
     * Whether a {@code POST} is tried again even after a failure that leaves open whether Imgur carried it out. Then a
     * second upload may come of it. Not set, a {@code POST} is tried again only when it cannot have been carried out: it
     * was turned away for want of credits or capacity, or there was no connection.
     */
    public ImgurRequest<T> withRetryOfPosts(boolean retryOfPosts) {
        return with(new Terms(terms.timeout, terms.deadline, terms.maxAttempts, retryOfPosts));
    }

    /**
     * A parameter of the query that this client does not know, or another value for one that it does.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurRequest<T> withParameter(String name, String value) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The parameter's name is blank");
        }
        Objects.requireNonNull(value, "value");
        return with(address.withParameter(name, value));
    }

    /** The endpoint; no value of a parameter is in it. */
    @Override
    public String toString() {
        return "ImgurRequest[" + endpoint() + "]";
    }

    ImgurRequest<T> at(String name, Object value) {
        return with(address.with(name, value.toString()));
    }

    ImgurRequest<T> atSecret(String name, String value) {
        return with(address.withSecret(name, value));
    }

    /** A field of the form in the body; {@code null} is left out. */
    ImgurRequest<T> field(String name, @Nullable Object value) {
        return value == null ? this : field(name, value.toString(), false);
    }

    ImgurRequest<T> field(String name, String value, boolean secret) {
        return with(new Address.Field(name, value, secret));
    }

    ImgurRequest<T> images(@Nullable ImageKeys keys) {
        ImgurRequest<T> request = this;
        if (keys != null) {
            for (String key : keys.values()) {
                request = request.with(new Address.Field(keys.field(), key, keys.secret()));
            }
        }
        return request;
    }

    private ImgurRequest<T> with(Address.Field field) {
        ImmutableList<Address.Field> more =
                ImmutableList.<Address.Field>builder().addAll(form).add(field).build();
        return new ImgurRequest<>(api, address, more, content, decoder, terms);
    }

    ImgurRequest<T> sending(Content body) {
        return new ImgurRequest<>(api, address, form, body, decoder, terms);
    }

    private ImgurRequest<T> with(Terms other) {
        return new ImgurRequest<>(api, address, form, content, decoder, other);
    }

    private ImgurRequest<T> with(Address other) {
        return new ImgurRequest<>(api, other, form, content, decoder, terms);
    }

    Address address() {
        return address;
    }

    @Nullable
    Content content() {
        return content != null || form.isEmpty() ? content : Content.form(form);
    }

    /** What must be shown to nobody. */
    Collection<String> secrets() {
        Content body = content();
        return body == null
                ? address.secrets()
                : Stream.concat(address.secrets().stream(), body.secrets().stream())
                        .toList();
    }

    Terms terms() {
        return terms;
    }

    T decode(Map<?, ?> json) {
        return decoder.apply(json);
    }
}
