package dev.gearshift.imgur.simulator;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;

/** Puts the pages together: what each of them needs of the others. */
final class SiteBuilder {

    private static final int ROOM_AROUND_AN_UPLOAD = 64 * 1024;

    private final SimulatorSettings settings;
    private final URI base;
    private final Clock clock;
    private final Gallery gallery;
    private final Library library;
    private final ItemJson json;
    private final List<ServedImage> served;

    SiteBuilder(SimulatorSettings settings, URI base, List<Picture> pictures, Clock clock) {
        this.settings = settings;
        this.base = base;
        this.clock = clock;
        this.gallery = new Gallery(pictures, settings.seed());
        this.library = new Library(gallery, new Uploads(gallery, settings.seed(), clock));
        this.json = new ItemJson(base, settings.oddLinks());
        this.served = gallery.stills().stream()
                .map(still -> new ServedImage(
                        still.id(),
                        json.link(still),
                        still.picture().type(),
                        still.picture().bytes(),
                        still.picture().sha256()))
                .toList();
    }

    List<ServedImage> served() {
        return served;
    }

    Site site(List<? extends Executor> loops) {
        Traffic traffic = new Traffic();
        Accounts accounts = new Accounts();
        AccessTokens tokens = new AccessTokens(settings.tokenLifetime(), clock);
        CreditLedger ledger = new CreditLedger(settings.credits(), clock);
        ImagePages images = new ImagePages(library, base);
        FaultInjector faults = new FaultInjector(settings.faults(), tokens, gallery, images, traffic, clock);
        return new Site(
                new ApiPages(routes(accounts, tokens, ledger), ledger, tokens, traffic, settings.requireClientId()),
                images,
                new SimulatorPages(traffic, served, faults, tokens),
                faults,
                tokens,
                traffic,
                // Base64 takes four bytes for three.
                new BodyRoom(settings.maxUploadBytes() * 4L / 3 + ROOM_AROUND_AN_UPLOAD),
                new Latency(settings.latency()),
                loops);
    }

    ApiRoutes routes(Accounts accounts, AccessTokens tokens, CreditLedger ledger) {
        Comments comments = new Comments(gallery);
        Favorites favorites = new Favorites();
        return new ApiRoutes(
                new SignIn(tokens, accounts),
                new GalleryPages(gallery, json, comments, settings.hideMature()),
                new CommentPages(comments),
                new AccountPages(accounts, library, json, comments, favorites),
                new AlbumPages(library, json, favorites),
                new PicturePages(
                        library, json, new UploadedPicture(library, base, settings.maxUploadBytes()), favorites),
                new CreditPages(ledger));
    }
}
