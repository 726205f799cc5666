/** A strategy by somebody who is not Gearshift. */
module com.example.watched {
    requires dev.gearshift.executors.spi;

    provides dev.gearshift.executors.ConcurrencyStrategy with
            com.example.watched.WatchedStrategy;
}
