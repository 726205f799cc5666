package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The collections with a first and a last element, which the tests' own language level does not have. */
@Timeout(60)
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "sequenced collections need Java 21")
class SequencedTests {
    @Test
    @SuppressWarnings("unchecked")
    void sequencedCollections_comeThrough() throws Exception {
        Class<?> record = new CompiledSource("Ordered", """
                        import java.util.*;
                        record Ordered(
                                SequencedCollection<String> list,
                                SequencedCollection<String> either,
                                SequencedSet<String> set,
                                SequencedMap<String, Integer> map) {}
                        """).loadClass("Ordered");
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put("a", 2);
        Set<String> set = new LinkedHashSet<>(List.of("b", "a"));
        WireType<Object> type = (WireType<Object>) (WireType<?>) WireType.of(record);
        Class<?>[] types = new Class<?>[4];
        RecordComponent[] components = record.getRecordComponents();
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
        }
        var constructor = record.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        Object value = constructor.newInstance(List.of("b", "a"), set, set, map);

        @Nullable Object back = type.decode(type.encode(value, WireLimits.DEFAULT), WireLimits.DEFAULT);

        assertThat(back).isEqualTo(value);
        components[2].getAccessor().setAccessible(true);
        assertThat((Collection<Object>) components[2].getAccessor().invoke(back))
                .containsExactly("b", "a");
    }
}
