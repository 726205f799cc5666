package dev.gearshift.imgur.simulator;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of a body: urlencoded, multipart, or a file that is the whole body. */
final class Form {

    private static final int MAX_FIELDS = 5000;

    private final List<Field> fields;

    private Form(List<Field> fields) {
        this.fields = fields;
    }

    /**
     * One field.
     *
     * @param fileName null where the client gave none
     */
    record Field(String name, @Nullable String fileName, Content content) {}

    /** The bytes of a field. */
    static final class Content {
        private final byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Reads a body; one that is not what it says is no form. */
    static Form read(Request request) {
        byte[] body = request.body().bytes();
        String type =
                String.valueOf(request.header(HttpHeaderNames.CONTENT_TYPE)).toLowerCase(Locale.ROOT);
        if (type.startsWith("image/") || type.startsWith("application/octet-stream")) {
            return new Form(List.of(new Field("image", null, new Content(body))));
        }
        boolean multipart = type.startsWith("multipart/form-data");
        if (body.length == 0 || (!multipart && !type.startsWith("application/x-www-form-urlencoded"))) {
            return new Form(List.of());
        }
        FullHttpRequest whole = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                request.path(),
                Unpooled.wrappedBuffer(body),
                request.headers(),
                Answer.noHeaders());
        try {
            HttpPostRequestDecoder decoder = new HttpPostRequestDecoder(
                    new DefaultHttpDataFactory(false), whole, StandardCharsets.UTF_8, MAX_FIELDS, -1);
            try {
                return new Form(fields(decoder.getBodyHttpDatas()));
            } finally {
                decoder.destroy();
            }
        } catch (DecoderException | IllegalArgumentException e) {
            throw Refusal.badRequest("The body could not be read as a form.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Field> fields(List<InterfaceHttpData> data) throws IOException {
        List<Field> fields = new ArrayList<>();
        for (InterfaceHttpData item : data) {
            if (item instanceof FileUpload file) {
                String name = file.getFilename();
                fields.add(new Field(file.getName(), name.isEmpty() ? null : name, new Content(file.get())));
            } else if (item instanceof Attribute attribute) {
                fields.add(new Field(attribute.getName(), null, new Content(attribute.get())));
            }
        }
        return fields;
    }

    /** The first field of that name, or null. */
    @Nullable
    Field field(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The text of a field, or null. */
    @Nullable
    String text(String name) {
        Field field = field(name);
        return field == null ? null : field.content().text();
    }

    /** The text of a field, or what was there before. */
    @Nullable
    String textOr(String name, @Nullable String before) {
        return has(name) ? text(name) : before;
    }

    boolean has(String name) {
        return field(name) != null || field(name + "[]") != null;
    }

    /** A list in either of its forms: {@code name[]=a} again and again, or {@code name=a,b}. */
    List<String> list(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name) || field.name().equals(name + "[]"))
                .flatMap(field -> items(field.content().text()))
                .toList();
    }

    /** What stands between commas. */
    static Stream<String> items(String list) {
        return Arrays.stream(list.split(",")).map(String::trim).filter(item -> !item.isEmpty());
    }
}
