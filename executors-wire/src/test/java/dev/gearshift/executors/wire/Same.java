package dev.gearshift.executors.wire;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether two values are the same to the last bit: also within arrays, and in the order of sets and maps. */
final class Same {
    private Same() {}

    static boolean are(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == b;
        }
        if (a instanceof Double x && b instanceof Double y) {
            return Double.doubleToRawLongBits(x) == Double.doubleToRawLongBits(y);
        }
        if (a instanceof Float x && b instanceof Float y) {
            return Float.floatToRawIntBits(x) == Float.floatToRawIntBits(y);
        }
        if (a instanceof Collection<?> x && b instanceof Collection<?> y) {
            return inOrder(x, y);
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return inOrder(x.keySet(), y.keySet()) && inOrder(x.values(), y.values());
        }
        if (a instanceof Optional<?> x && b instanceof Optional<?> y) {
            return are(x.orElse(null), y.orElse(null));
        }
        if (a.getClass() != b.getClass()) {
            return false;
        }
        if (a.getClass().isArray()) {
            return arrays(a, b);
        }
        return a.getClass().isRecord() ? inOrder(components(a), components(b)) : a.equals(b);
    }

    private static boolean inOrder(Collection<?> a, Collection<?> b) {
        Iterator<?> others = b.iterator();
        for (Object one : a) {
            if (!others.hasNext() || !are(one, others.next())) {
                return false;
            }
        }
        return !others.hasNext();
    }

    /** Element by element: a list of all would take a multiple of the memory. */
    private static boolean arrays(Object a, Object b) {
        int length = Array.getLength(a);
        if (length != Array.getLength(b)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!are(Array.get(a, i), Array.get(b, i))) {
                return false;
            }
        }
        return true;
    }

    private static List<@Nullable Object> components(Object record) {
        List<@Nullable Object> list = new ArrayList<>();
        try {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                list.add(component.getAccessor().invoke(record));
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return list;
    }
}
