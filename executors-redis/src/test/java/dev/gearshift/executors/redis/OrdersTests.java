package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class OrdersTests {
    private final Orders orders = new Orders();

    @Test
    void oneThatIsFasterThanItsTask_isThereForIt_once() {
        orders.keep("stopped");
        orders.keep("?withdrawn");
        assertThat(orders.isToBeStopped("withdrawn")).isFalse();
        assertThat(orders.isToBeWithdrawn("stopped")).isFalse();
        assertThat(orders.isToBeStopped("stopped")).isTrue();
        assertThat(orders.isToBeStopped("stopped")).isFalse();
        assertThat(orders.isToBeWithdrawn("withdrawn")).isTrue();
        assertThat(orders.isToBeWithdrawn("withdrawn")).isFalse();
    }

    @Test
    void oneThatWasFollowed_isGone() {
        orders.keep("?task");
        orders.followed("?task");
        assertThat(orders.isToBeWithdrawn("task")).isFalse();
    }

    @Test
    void afterASecond_nothingIsKept() {
        long since = System.nanoTime();
        orders.keep("task");
        Awaitility.await().until(() -> System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(1_001));
        assertThat(orders.isToBeStopped("task")).isFalse();
    }

    @Test
    void eachNamesTheTaskThatItIsFor() {
        assertThat(Orders.id("?task")).isEqualTo("task");
        assertThat(Orders.id("task")).isEqualTo("task");
    }
}
