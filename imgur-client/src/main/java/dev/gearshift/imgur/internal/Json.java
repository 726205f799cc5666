package dev.gearshift.imgur.internal;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON text as plain Java values: maps, lists, strings, numbers, booleans and {@code null}. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /**
     * The {@code data} of Imgur's envelope.
     *
     * @throws UnreadableAnswerException if it is no envelope, or the envelope says it failed
     */
    public static @Nullable Object data(Map<?, ?> envelope) {
        if (Boolean.FALSE.equals(envelope.get("success"))) {
            throw new UnreadableAnswerException("the answer says that the call failed, and not why");
        }
        if (!envelope.containsKey("data")) {
            throw new UnreadableAnswerException("the body has no \"data\"");
        }
        return envelope.get("data");
    }

    /**
     * The object.
     *
     * @throws UnreadableAnswerException if there is none
     */
    public static Map<?, ?> present(@Nullable Map<?, ?> object) {
        if (object == null) {
            throw UnreadableAnswerException.noObject();
        }
        return object;
    }

    /** The JSON object in the bytes, or {@code null} if they hold anything else. */
    public static @Nullable Map<?, ?> object(byte[] body) {
        int start = 0;
        while (start < body.length && body[start] <= ' ' && body[start] >= 0) {
            start++;
        }
        if (start == body.length || body[start] != '{') {
            return null;
        }
        try {
            return MAPPER.readValue(new String(body, start, body.length - start, StandardCharsets.UTF_8), Map.class);
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
