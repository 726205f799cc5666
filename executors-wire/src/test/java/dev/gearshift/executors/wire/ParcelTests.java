package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.Task;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Large arrays beside the document. */
@Timeout(60)
class ParcelTests {
    private static final WireType<Picture> TYPE = WireType.of(Picture.class);

    @SuppressWarnings("ArrayRecordComponent") // never compared by itself
    record Picture(String name, byte[] pixels, List<byte[]> tiles, long[] numbers, byte @Nullable [] none) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Measure(byte[] bytes) implements Task<Integer> {
        @Override
        public Integer call() {
            return bytes.length;
        }
    }

    private static Picture picture() {
        byte[] small = random(Parcel.LARGE - 1);
        return new Picture("a", random(1 << 20), List.of(small, random(Parcel.LARGE)), new long[10_000], null);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void largeArraysAreNotCopied() {
        Picture picture = picture();
        Parcel parcel = TYPE.pack(picture, WireLimits.DEFAULT);
        assertThat(parcel.arrays()).hasSize(3);
        assertThat(parcel.arrays().get(0)).isSameAs(picture.pixels());
        assertThat(parcel.arrays().get(1)).isSameAs(picture.tiles().get(1));
        assertThat(parcel.document().length).isBetween(Parcel.LARGE, Parcel.LARGE + 100);
        assertThat(parcel.length()).isBetween(1L << 20, 2L << 20);

        Picture read = unpack(parcel);
        assertSame(read, picture);
        assertThat(read.pixels()).isSameAs(picture.pixels());
    }

    @Test
    void aBufferMayBeAnywhere() {
        Parcel parcel = TYPE.pack(picture(), WireLimits.DEFAULT);
        ByteBuffer direct = ByteBuffer.allocateDirect(parcel.document().length + 7)
                .position(7)
                .put(parcel.document())
                .position(7);
        assertSame(TYPE.unpack(direct, parcel.arrays(), WireLimits.DEFAULT), picture());
    }

    @Test
    void whatIsDetachedKeepsItsBytes() {
        Picture picture = picture();
        Parcel parcel = TYPE.pack(picture, WireLimits.DEFAULT);
        Parcel detached = parcel.detached();
        assertThat(detached.isLike(parcel)).isTrue();
        picture.pixels()[0]++;
        assertThat(detached.isLike(parcel)).isFalse();
        assertSame(unpack(detached), picture());
    }

    @Test
    void aParcelOfASmallValueIsItsEncoding() {
        WireType<String> text = WireType.of(String.class);
        Parcel parcel = text.pack("a", WireLimits.DEFAULT);
        assertThat(parcel.arrays()).isEmpty();
        assertThat(parcel.document()).isEqualTo(text.encode("a", WireLimits.DEFAULT));
        assertThat(parcel.detached()).isSameAs(parcel);
        assertThat(parcel.isLike(text.pack("b", WireLimits.DEFAULT))).isFalse();
    }

    @Test
    void aTaskHasThemToo() throws Exception {
        TaskWire wire = TaskWire.of(Measure.class);
        Parcel parcel = wire.pack(new Measure(random(1 << 20)), WireLimits.DEFAULT);
        assertThat(parcel.arrays()).hasSize(1);
        assertThat(wire.unpack(ByteBuffer.wrap(parcel.document()), parcel.arrays(), WireLimits.DEFAULT)
                        .call())
                .isEqualTo(1 << 20);
    }

    @Test
    void theyCountForTheLimits() {
        WireLimits limits = WireLimits.DEFAULT.withMaxBytes(1 << 20);
        assertThatThrownBy(() -> TYPE.pack(picture(), limits))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("1,048,576");
        Parcel parcel = TYPE.pack(picture(), WireLimits.DEFAULT);
        assertThatThrownBy(() -> TYPE.unpack(ByteBuffer.wrap(parcel.document()), parcel.arrays(), limits))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("Picture cannot be read: it has " + String.format("%,d", parcel.length())
                        + " bytes, and the limit is 1,048,576.");
        assertThatThrownBy(() -> TYPE.unpack(
                        ByteBuffer.wrap(parcel.document()), parcel.arrays(), WireLimits.DEFAULT.withMaxMemory(1 << 20)))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("bytes of memory, and the limit is 1,048,576");
    }

    @Test
    void arraysThatAreMissingOrOthersOrTooMany_areRefused() {
        Parcel parcel = TYPE.pack(picture(), WireLimits.DEFAULT);
        refused(
                parcel,
                List.of(),
                "Picture.pixels cannot be read: an array of 1048576 bytes should be beside it, and none is.");
        List<byte[]> others = new ArrayList<>(parcel.arrays());
        others.set(0, new byte[7]);
        refused(
                parcel,
                others,
                "Picture.pixels cannot be read: an array of 1048576 bytes should be beside it, and one of 7 is.");
        List<byte[]> more = new ArrayList<>(parcel.arrays());
        more.add(new byte[7]);
        refused(parcel, more, "Picture cannot be read: more arrays are beside it than it has.");
        assertThatThrownBy(() -> TYPE.decode(parcel.document(), WireLimits.DEFAULT))
                .isInstanceOf(WireFormatException.class);
    }

    private static void refused(Parcel parcel, List<byte[]> arrays, String message) {
        assertThatThrownBy(() -> TYPE.unpack(ByteBuffer.wrap(parcel.document()), arrays, WireLimits.DEFAULT))
                .isInstanceOf(WireFormatException.class)
                .hasMessage(message);
    }

    private static void assertSame(@Nullable Picture read, Picture written) {
        assertThat(Same.are(read, written)).isTrue();
    }

    private static Picture unpack(Parcel parcel) {
        return Objects.requireNonNull(
                TYPE.unpack(ByteBuffer.wrap(parcel.document()), parcel.arrays(), WireLimits.DEFAULT));
    }
}
