/** An application. It names no strategy: those on the module path are found by the contract's own {@code uses}. */
module com.example.words {
    requires dev.gearshift.executors.spi;
}
