package dev.gearshift.executors.wire;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of references. */
final class ArrayForm extends Form {
    private static final int WEIGHT = 16;
    private static final int WEIGHT_OF_PLACE = 8;

    private final Form element;

    ArrayForm(Form element, Class<?> elementType) {
        super(elementType.arrayType(), WEIGHT);
        this.element = element;
    }

    @Override
    void put(Object value, WireWriter out) {
        CollectionForm.elements((Object[]) value, element, out, WEIGHT_OF_PLACE);
    }

    @Override
    Object take(WireReader in) {
        List<@Nullable Object> elements = new ArrayList<>(0);
        in.enter();
        if (in.more()) {
            CollectionForm.elements(in, element, elements, WEIGHT_OF_PLACE);
        } else {
            in.left();
        }
        return elements.toArray((Object[]) Array.newInstance(raw().getComponentType(), elements.size()));
    }

    @Override
    void describe(Shape shape) {
        shape.add("[]").add(element);
    }
}
