package readme;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import java.util.stream.IntStream;

class TenLines {
    record Square(int n) implements Task<Integer> {
        @Override
        public Integer call() {
            return n * n;
        }
    }

    public static void main(String[] args) {
        try (TaskExecutor executor = ConcurrencyStrategies.choose().open()) {
            executor.map(IntStream.rangeClosed(1, 5).mapToObj(Square::new)).forEach(System.out::println);
        }
    }
}
