package dev.gearshift.imgur;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list that Imgur hands out in pages, of which nothing has been asked for yet. It can be walked item by item, each page
 * being fetched when it is needed, or asked for page by page.
 *
 * <pre>{@code
 * for (GalleryItem item : imgur.gallery().section(Section.HOT, Sort.VIRAL, Window.DAY)) { … }
 * imgur.tags().items("cats", Sort.TIME, Window.ALL).stream().limit(500).forEach(…);
 * List<GalleryItem> second = imgur.gallery().section(Section.HOT, Sort.VIRAL, Window.DAY).page(1).send();
 * }</pre>
 *
 * <p>Imgur tells neither how many pages there are nor which is the last: a walk ends with the first empty page, or after
 * three pages without anything new. Items that come again because the list has shifted meanwhile are left out; for that
 * the latest 4,096 are remembered. A page that fails ends the walk with its {@link ImgurException}; when the iterator is
 * asked again, it asks for the same page again.
 *
 * <p>Instances never change, and are safe for use by many threads; iterators and streams are for one.
 *
 * @param <T> an item
 */
public final class ImgurPages<T> implements Iterable<T> {
    private static final int MOST_PER_PAGE = 100;

    private final ImgurRequest<List<T>> request;
    private final Function<? super T, ?> identity;
    private final int first;
    private final boolean sizeable;

    private ImgurPages(ImgurRequest<List<T>> request, Function<? super T, ?> identity, int first, boolean sizeable) {
        this.request = request;
        this.identity = identity;
        this.first = first;
        this.sizeable = sizeable;
    }

    /** A list whose pages have the size that Imgur gives them. */
    static <T> ImgurPages<T> of(ImgurRequest<List<T>> request, Function<? super T, ?> identity) {
        return new ImgurPages<>(request, identity, 0, false);
    }

    /** A list whose pages have the size that is asked for. */
    static <T> ImgurPages<T> sizeable(ImgurRequest<List<T>> request, Function<? super T, ?> identity) {
        return new ImgurPages<>(request, identity, 0, true);
    }

    /** What a page is asked for with, as Imgur's documentation writes it. */
    public String endpoint() {
        return request.endpoint();
    }

    /** How many credits a page costs, for each attempt. */
    public int costPerPage() {
        return request.cost();
    }

    /**
     * The call for one page; past the last the list is empty. Costs {@link #costPerPage()}. Fails with an
     * {@link ImgurException}.
     *
     * @param number from 0
     * @throws IllegalArgumentException if the number is negative
     */
    public ImgurRequest<List<T>> page(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("Pages count from 0; this is " + number);
        }
        return request.at("page", number);
    }

    /**
     * The items, one after the other; sends nothing before it is asked for the first. Each page costs
     * {@link #costPerPage()}, the empty one at the end too. Throws an {@link ImgurException} where a page cannot be had.
     */
    @Override
    public Iterator<T> iterator() {
        return new Walker();
    }

    /**
     * The items as a stream that reads no further than it is asked to; sends nothing before its terminal operation. Each
     * page costs {@link #costPerPage()}, the empty one at the end too. Throws an {@link ImgurException} where a page cannot
     * be had.
     */
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /**
     * Hands the items to an action, one after the other, and holds no thread meanwhile. Completing the future from
     * outside, as by {@code cancel}, aborts the page under way and ends the walk; so does what the action throws. Each page
     * costs {@link #costPerPage()}, the empty one at the end too.
     *
     * @param action runs in {@link ForkJoinPool#commonPool()}, never twice at once
     * @return completes after the last item, or with an {@link ImgurException} where a page cannot be had
     */
    public CompletableFuture<Void> forEachAsync(Consumer<? super T> action) {
        return new AsyncWalk(action).start();
    }

    /**
     * The same list, walked from another page on.
     *
     * @param number from 0
     * @throws IllegalArgumentException if the number is negative
     */
    public ImgurPages<T> startingAt(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("Pages count from 0; this is " + number);
        }
        return new ImgurPages<>(request, identity, number, sizeable);
    }

    /**
     * The same list in pages of another size.
     *
     * @param items from 1 to 100; Imgur's own choice is 50
     * @throws IllegalArgumentException if it is out of range, or Imgur heeds no size for this list, as for galleries
     */
    public ImgurPages<T> withPerPage(int items) {
        if (!sizeable) {
            throw new IllegalArgumentException("Imgur heeds no page size for " + endpoint());
        }
        if (items < 1 || items > MOST_PER_PAGE) {
            throw new IllegalArgumentException("A page has 1 to " + MOST_PER_PAGE + " items; this is " + items);
        }
        return with(request.withParameter("perPage", Integer.toString(items)));
    }

    /**
     * The same list with a parameter of the query for each page, as {@code mature}, {@code album_previews} or
     * {@code showViral}.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ImgurPages<T> withParameter(String name, String value) {
        return with(request.withParameter(name, value));
    }

    /**
     * The same list with another limit of time for an attempt at a page.
     *
     * @throws IllegalArgumentException if it is not more than zero
     */
    public ImgurPages<T> withTimeout(Duration timeout) {
        return with(request.withTimeout(timeout));
    }

    /**
     * The same list with a limit to the time for a page in all, as {@link ImgurRequest#withDeadline} has it.
     *
     * @throws IllegalArgumentException if it is not more than zero
     */
    public ImgurPages<T> withDeadline(Duration deadline) {
        return with(request.withDeadline(deadline));
    }

    /**
     * The same list with another number of attempts at a page.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public ImgurPages<T> withMaxAttempts(int maxAttempts) {
        return with(request.withMaxAttempts(maxAttempts));
    }

    private ImgurPages<T> with(ImgurRequest<List<T>> other) {
        return new ImgurPages<>(other, identity, first, sizeable);
    }

    /** The endpoint; no value of a parameter is in it. */
    @Override
    public String toString() {
        return "ImgurPages[" + endpoint() + "]";
    }

    private final class Walker implements Iterator<T> {
        private final PageWalk<T> walk = new PageWalk<>(first, identity);
        private Iterator<T> items = List.<T>of().iterator();

        @Override
        public boolean hasNext() {
            while (!items.hasNext() && !walk.isOver()) {
                items = walk.news(page(walk.page()).send()).iterator();
            }
            return items.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return items.next();
        }
    }

    private final class AsyncWalk {
        private final PageWalk<T> walk = new PageWalk<>(first, identity);
        private final Consumer<? super T> action;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private volatile CompletableFuture<List<T>> underWay = CompletableFuture.completedFuture(List.of());

        AsyncWalk(Consumer<? super T> action) {
            this.action = action;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // Only the effect is wanted.
        CompletableFuture<Void> start() {
            nextPage();
            done.whenComplete((nothing, failure) -> underWay.cancel(false));
            return done;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // The continuation catches what it throws.
        private void nextPage() {
            CompletableFuture<List<T>> page = page(walk.page()).sendAsync();
            underWay = page;
            if (done.isDone()) {
                page.cancel(false);
            }
            page.whenCompleteAsync(this::arrived, ForkJoinPool.commonPool());
        }

        private void arrived(@Nullable List<T> items, @Nullable Throwable failure) {
            try {
                if (items == null) {
                    done.completeExceptionally(Futures.cause(Objects.requireNonNull(failure)));
                    return;
                }
                for (T item : walk.news(items)) {
                    if (done.isDone()) {
                        return;
                    }
                    action.accept(item);
                }
                if (walk.isOver()) {
                    done.complete(null);
                } else if (!done.isDone()) {
                    nextPage();
                }
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        }
    }
}
