package dev.gearshift.imgur;

import com.github.mizosoft.methanol.FormBodyPublisher;
import com.github.mizosoft.methanol.MimeBodyPublisher;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The body of a request.
 *
 * @param body makes it anew for each attempt, given what to tell when part of a body of unknown length was read
 * @param repeatable whether it can be made more than once
 * @param bytes how long it is about, for the time that sending it may take; −1 if nobody knows
 * @param secrets in it, shown to nobody
 */
record Content(
        Function<Runnable, ? extends MimeBodyPublisher> body,
        boolean repeatable,
        long bytes,
        Collection<String> secrets) {

    static Content form(List<Address.Field> fields) {
        FormBodyPublisher.Builder form = FormBodyPublisher.newBuilder();
        fields.forEach(field -> form.query(field.name(), field.value()));
        MimeBodyPublisher body = form.build();
        List<String> secrets = fields.stream()
                .filter(Address.Field::secret)
                .map(Address.Field::value)
                .toList();
        return new Content(read -> body, true, body.contentLength(), secrets);
    }

    boolean hasLength() {
        return bytes >= 0;
    }

    /** How long it is; no secret. */
    @Override
    public String toString() {
        return "Content[bytes=" + bytes + "]";
    }
}
