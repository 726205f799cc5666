/**
 * The strategy {@code redis}: tasks wait in Redis and run on workers, on any number of machines.
 *
 * @provides dev.gearshift.executors.ConcurrencyStrategy the strategy
 * @uses dev.gearshift.executors.TaskCatalog the tasks that may travel, by name
 */
module dev.gearshift.executors.redis {
    requires transitive dev.gearshift.executors.spi;
    requires dev.gearshift.executors.wire;
    requires redis.clients.jedis;
    requires static org.jspecify;

    exports dev.gearshift.executors.redis;

    opens dev.gearshift.executors.redis to
            dev.gearshift.executors.wire;

    uses dev.gearshift.executors.TaskCatalog;

    provides dev.gearshift.executors.ConcurrencyStrategy with
            dev.gearshift.executors.redis.RedisStrategy;
}
