package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a worker pays before its first task. */
@Timeout(60)
class ColdEncoderTests {
    @Test
    void databind_isNotLoaded() throws Exception {
        String printed = ChildJvm.run(
                "-Xlog:class+load:stdout", "-cp", System.getProperty("java.class.path"), ColdEncoder.class.getName());

        assertThat(printed)
                .contains("[abab] java.lang.IllegalStateException: text")
                .contains("tools.jackson.dataformat.cbor.CBORGenerator ")
                .doesNotContain("tools.jackson.databind.");
    }
}
