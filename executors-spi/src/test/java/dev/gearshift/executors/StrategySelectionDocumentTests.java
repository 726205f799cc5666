package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.SelectionMessages.Anchor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What messages point to is there. */
@Timeout(60)
class StrategySelectionDocumentTests {
    private final Path document = ProviderFolder.folderOf(StrategySelectionDocumentTests.class)
            .resolve("../../../docs/strategy-selection.md")
            .normalize();

    @Test
    void everyAnchorIsAHeading() throws Exception {
        assertThat(headingIds())
                .doesNotHaveDuplicates()
                .containsAll(Arrays.stream(Anchor.values()).map(Anchor::id).toList());
    }

    @Test
    void namesEverySetting() throws Exception {
        for (String property :
                List.of(SystemSettings.STRATEGY, SystemSettings.PARALLELISM, SystemSettings.CHECK_PORTABLE)) {
            assertThat(document)
                    .content()
                    .contains("`" + property + "`", "`" + SystemSettings.variable(property) + "`");
        }
    }

    /** As GitHub makes them: lower case, dashes for spaces, no other punctuation. */
    private List<String> headingIds() throws Exception {
        return Files.readAllLines(document).stream()
                .filter(line -> line.matches("#{1,6} .*"))
                .map(line -> line.replaceFirst("#+ ", "").strip().toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
                .toList();
    }
}
