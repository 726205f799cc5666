package dev.gearshift.executors.wire;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of references. */
final class ArrayForm extends Form {
    private final Form element;

    ArrayForm(Form element, Class<?> elementType) {
        super(elementType.arrayType());
        this.element = element;
    }

    @Override
    void put(Object value, WireWriter out) {
        CollectionForm.elements((Object[]) value, element, out);
    }

    @Override
    Object take(WireReader in) {
        List<@Nullable Object> elements = new ArrayList<>();
        CollectionForm.elements(in, element, elements);
        return elements.toArray((Object[]) Array.newInstance(raw().getComponentType(), elements.size()));
    }

    @Override
    void describe(Shape shape) {
        shape.add("[]").add(element);
    }
}
