package dev.gearshift.imgur.internal;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of an answer, read field by field. Imgur sends numbers as strings, {@code ""} and {@code false} for
 * nothing, and now and then an object where a string belongs: a value that can be understood is taken, and everything
 * that was not taken stays in {@link #rest()}. One instance serves one object on one thread.
 */
final class Fields {
    private static final int LONGEST_NUMBER = 40;

    private final Map<?, ?> object;
    private final Set<String> taken = new HashSet<>();

    Fields(Map<?, ?> object) {
        this.object = object;
    }

    String requiredText(String name) {
        String text = text(name);
        if (text == null) {
            throw new UnreadableAnswerException("an object has no \"" + name + "\"");
        }
        return text;
    }

    @Nullable
    String text(String name) {
        Object value = object.get(name);
        if (value instanceof String text) {
            return take(name, text.isEmpty() ? null : text);
        }
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return take(name, value == null ? null : value.toString());
        }
        return null;
    }

    /** The word in lower case, for open enumerations. */
    @Nullable
    String word(String name) {
        String text = text(name);
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    @Nullable
    Long number(String name) {
        Object value = object.get(name);
        if (value == null || Boolean.FALSE.equals(value) || "".equals(value)) {
            return take(name, null);
        }
        Long number = asNumber(value);
        return number == null ? null : take(name, number);
    }

    private static @Nullable Long asNumber(Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (!(value instanceof String text) || text.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            return new BigDecimal(text.trim()).longValue();
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    long numberOrZero(String name) {
        Long number = number(name);
        return number == null ? 0 : number;
    }

    /** A number that need not be whole; 0 for every way of saying nothing. */
    double decimalOrZero(String name) {
        Long whole = number(name);
        if (whole == null) {
            return 0;
        }
        double exact = object.get(name) instanceof Number number
                ? number.doubleValue()
                : new BigDecimal(String.valueOf(object.get(name)).trim()).doubleValue();
        return Double.isFinite(exact) ? exact : whole;
    }

    @Nullable
    Integer integer(String name) {
        Long number = number(name);
        if (number == null) {
            return null;
        }
        if (number.intValue() != number) {
            taken.remove(name);
            return null;
        }
        return number.intValue();
    }

    int integerOrZero(String name) {
        Integer number = integer(name);
        return number == null ? 0 : number;
    }

    @Nullable
    Boolean flag(String name) {
        Object value = object.get(name);
        if (value == null || "".equals(value)) {
            return take(name, null);
        }
        if (value instanceof Boolean flag) {
            return take(name, flag);
        }
        return switch (value.toString().toLowerCase(Locale.ROOT)) {
            case "1", "true" -> take(name, true);
            case "0", "false" -> take(name, false);
            default -> null;
        };
    }

    boolean isSet(String name) {
        return Boolean.TRUE.equals(flag(name));
    }

    /** Seconds since 1970; 0, like every other way of saying nothing, is {@code null}. */
    @Nullable
    Instant instant(String name) {
        Long seconds = number(name);
        if (seconds == null || seconds == 0) {
            return null;
        }
        try {
            return Instant.ofEpochSecond(seconds);
        } catch (DateTimeException outOfRange) {
            taken.remove(name);
            return null;
        }
    }

    @Nullable
    URI link(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return ImgurHosts.secured(new URI(text));
        } catch (URISyntaxException notALink) {
            taken.remove(name);
            return null;
        }
    }

    /** The objects of a list; none if there is no such list. */
    List<Map<?, ?>> objects(String name) {
        List<Map<?, ?>> objects = new ArrayList<>();
        if (object.get(name) instanceof List<?> list) {
            taken.add(name);
            for (Object element : list) {
                if (element instanceof Map<?, ?> map) {
                    objects.add(map);
                }
            }
        }
        return objects;
    }

    /** The numbers of a list, also those that came as text; none if there is no such list. */
    List<Long> numbers(String name) {
        List<Long> numbers = new ArrayList<>();
        if (object.get(name) instanceof List<?> list) {
            taken.add(name);
            for (Object element : list) {
                Long number = element == null ? null : asNumber(element);
                if (number != null) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }

    /** The fields of the object in a field, or of an empty object if there is none. */
    Fields inner(String name) {
        if (object.get(name) instanceof Map<?, ?> map) {
            return new Fields(map);
        }
        return new Fields(Map.of());
    }

    /** The field's value as it came, unmodifiable all the way down. */
    @Nullable
    Object frozen(String name) {
        return frozenCopy(object.get(name));
    }

    /** Marks a field as read, for one that was read by {@link #inner}. */
    void drop(String name) {
        taken.add(name);
    }

    /** What was not taken, by name, unmodifiable all the way down. */
    Map<String, @Nullable Object> rest() {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>();
        object.forEach((name, value) -> {
            if (!taken.contains(name)) {
                rest.put(String.valueOf(name), frozenCopy(value));
            }
        });
        return Collections.unmodifiableMap(rest);
    }

    private static @Nullable Object frozenCopy(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, inner) -> copy.put(String.valueOf(name), frozenCopy(inner)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(frozenCopy(inner)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }

    private <T> @Nullable T take(String name, @Nullable T value) {
        taken.add(name);
        return value;
    }
}
