package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ArtifactTests {
    @Test
    void isWrittenAsMavenDoes() {
        assertThat(new Artifact("dev.sample", "executors-sample", "1.2.3"))
                .hasToString("dev.sample:executors-sample:1.2.3");
    }

    @Test
    void withoutItsFileItSaysWhatTheBuildForgot() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Artifact.of(ArtifactTests.class, "nowhere"))
                .withMessage("dev.gearshift.executors.ArtifactTests has no resource"
                        + " /META-INF/gearshift/nowhere.properties beside it: the build of nowhere must write it.");
    }
}
