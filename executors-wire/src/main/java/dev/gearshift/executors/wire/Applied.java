package dev.gearshift.executors.wire;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A class with its type arguments, none for a class that has no parameters. Arguments that nobody has named stay as they
 * are found: variables and wildcards. What can be large, since arguments may double with each level, is counted once.
 */
final class Applied implements Type {
    private final Class<?> raw;
    private final List<Type> arguments;
    private final int hash;
    private final int depth;
    private final int size;

    Applied(Class<?> raw, List<Type> arguments) {
        this.raw = raw;
        this.arguments = arguments;
        int deepest = 0;
        long all = 1;
        for (Type argument : arguments) {
            deepest = Math.max(deepest, 1 + depth(argument));
            all += size(argument);
        }
        hash = 31 * raw.hashCode() + arguments.hashCode();
        depth = deepest;
        size = (int) Math.min(Integer.MAX_VALUE, all);
    }

    Class<?> raw() {
        return raw;
    }

    List<Type> arguments() {
        return arguments;
    }

    /** An array whose elements have type arguments. */
    record ArrayOf(Type element) implements Type {
        @Override
        public String getTypeName() {
            return element.getTypeName() + "[]";
        }
    }

    /** A class with its own variables as arguments: what it is for those who have not bound them. */
    static Applied unbound(Class<?> raw) {
        return new Applied(raw, List.of(raw.getTypeParameters()));
    }

    /** The type with these variables bound; classes and variables without a binding are themselves. */
    static Type resolve(Type type, Map<TypeVariable<?>, Type> bindings) {
        if (type instanceof TypeVariable<?> variable) {
            return bindings.getOrDefault(variable, variable);
        }
        if (type instanceof ParameterizedType parameterized) {
            List<Type> arguments = new ArrayList<>();
            for (Type argument : parameterized.getActualTypeArguments()) {
                arguments.add(resolve(argument, bindings));
            }
            return new Applied((Class<?>) parameterized.getRawType(), arguments);
        }
        if (type instanceof GenericArrayType array) {
            Type element = resolve(array.getGenericComponentType(), bindings);
            return element instanceof Class<?> plain ? plain.arrayType() : new ArrayOf(element);
        }
        return type;
    }

    Map<TypeVariable<?>, Type> bindings() {
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            bindings.put(raw.getTypeParameters()[i], arguments.get(i));
        }
        return bindings;
    }

    /** This type as that supertype of it; null if it is none, without arguments if it is extended as a raw type. */
    @Nullable
    Applied as(Class<?> target) {
        if (raw == target) {
            return this;
        }
        List<Type> above = new ArrayList<>(List.of(raw.getGenericInterfaces()));
        if (raw.getGenericSuperclass() != null) {
            above.add(raw.getGenericSuperclass());
        }
        for (Type type : above) {
            Type resolved = resolve(type, bindings());
            Applied applied = resolved instanceof Applied found ? found : new Applied((Class<?>) resolved, List.of());
            Applied found = applied.as(target);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || other instanceof Applied applied
                        && hash == applied.hash
                        && raw == applied.raw
                        && arguments.equals(applied.arguments);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** How many types are within one another here. */
    static int depth(Type type) {
        if (type instanceof ArrayOf array) {
            return 1 + depth(array.element());
        }
        if (type instanceof Class<?> plain) {
            return plain.isArray() ? 1 + depth(plain.getComponentType()) : 0;
        }
        return type instanceof Applied applied ? applied.depth : 0;
    }

    /** How many types are named here. */
    static int size(Type type) {
        if (type instanceof ArrayOf array) {
            return size(array.element());
        }
        return type instanceof Applied applied ? applied.size : 1;
    }

    @Override
    public String getTypeName() {
        return arguments.isEmpty()
                ? raw.getTypeName()
                : raw.getTypeName()
                        + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
    }
}
