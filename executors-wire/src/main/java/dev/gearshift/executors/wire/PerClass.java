package dev.gearshift.executors.wire;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * One value for each class, kept with the class. Classes whose loader does not see ours, such as those of the JDK, may
 * outlive it, and would keep it; with them the value is kept for as long as somebody uses it. Thread-safe.
 */
abstract class PerClass<V> {
    private final ClassValue<V> strong = new ClassValue<>() {
        @Override
        protected V computeValue(Class<?> type) {
            return make(type);
        }
    };

    private final ClassValue<WeakReference<V>> weak = new ClassValue<>() {
        @Override
        protected WeakReference<V> computeValue(Class<?> type) {
            return new WeakReference<>(make(type));
        }
    };

    abstract V make(Class<?> type);

    final V of(Class<?> type) {
        if (seesUs(type.getClassLoader())) {
            return strong.get(type);
        }
        V value = weak.get(type).get();
        while (value == null) {
            weak.remove(type);
            value = weak.get(type).get();
        }
        return value;
    }

    private static boolean seesUs(@Nullable ClassLoader loader) {
        ClassLoader ours = PerClass.class.getClassLoader();
        for (ClassLoader next = loader; next != null; next = next.getParent()) {
            if (next == ours) {
                return true;
            }
        }
        return false;
    }
}
