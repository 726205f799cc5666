package dev.gearshift.imgur.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.imgur.model.Account;
import dev.gearshift.imgur.model.Avatar;
import dev.gearshift.imgur.model.Basic;
import dev.gearshift.imgur.model.Comment;
import dev.gearshift.imgur.model.Credits;
import dev.gearshift.imgur.model.GalleryAlbum;
import dev.gearshift.imgur.model.GalleryImage;
import dev.gearshift.imgur.model.GalleryProfile;
import dev.gearshift.imgur.model.Tag;
import dev.gearshift.imgur.model.TagOverview;
import dev.gearshift.imgur.model.TagVote;
import dev.gearshift.imgur.model.Trophy;
import dev.gearshift.imgur.model.Vote;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Users, comments, tags and the small answers, with the quirks of each. */
@Timeout(10)
class PeopleModelsTests {

    @Test
    void reputationNeedNotBeWhole() {
        Account account = PeopleModels.account(ModelsTests.data("account"));

        assertThat(account.username()).isEqualTo("ghostinspector");
        assertThat(account.reputation()).isEqualTo(15303.84);
        assertThat(account.reputationName()).isEqualTo("Glorious");
        assertThat(account.avatar()).isEqualTo(URI.create("https://imgur.com/user/ghostinspector/avatar?maxwidth=290"));
        assertThat(account.followed()).isFalse();
        assertThat(account.blocked()).isFalse();
        assertThat(account.extra()).isEmpty();
    }

    @Test
    void falseIsNoProExpirationAndATimeIsOne() {
        assertThat(PeopleModels.account(ModelsTests.data("account")).proExpiration())
                .isNull();
        assertThat(PeopleModels.account(ModelsTests.data("account-old")).proExpiration())
                .isNull();
        assertThat(PeopleModels.account(ModelsTests.data("account-pro")).proExpiration())
                .isEqualTo(Instant.ofEpochSecond(1_900_000_000));
    }

    @Test
    void anAccountMayLackAllButItsName() {
        Account old = PeopleModels.account(ModelsTests.data("account-old"));

        assertThat(old.reputation()).isEqualTo(-3);
        assertThat(old.reputationName()).isNull();
        assertThat(old.bio()).isNull();
        assertThat(old.followed()).isNull();
        assertThat(PeopleModels.account(ModelsTests.data("account-pro")).extra())
                .containsEntry("newsletter", Map.of("weekly", true));
        assertThatThrownBy(() -> PeopleModels.account(Map.of("id", 3))).isInstanceOf(UnreadableAnswerException.class);
    }

    @Test
    void aParentOfZeroIsNone() {
        Comment comment = PeopleModels.comment(ModelsTests.data("comment"));

        assertThat(comment.parentId()).isNull();
        assertThat(comment.points()).isEqualTo(37);
        assertThat(comment.adminBadge()).isFalse();
        assertThat(comment.platform()).isEqualTo("desktop");
        Comment child = comment.children().get(0);
        assertThat(child.parentId()).isEqualTo(1_938_633_683L);
        assertThat(child.vote()).isEqualTo(Vote.UP);
        assertThat(child.deleted()).isTrue();
        assertThat(comment.childIds()).isEmpty();
        assertThat(comment.extra()).isEmpty();
    }

    @Test
    void childrenMayBeNumbersOrComments() {
        Comment comment = PeopleModels.comment(ModelsTests.data("comment-children-as-ids"));

        assertThat(comment.id()).isEqualTo(77);
        assertThat(comment.parentId()).isEqualTo(12);
        assertThat(comment.onAlbum()).isTrue();
        assertThat(comment.albumCover()).isEqualTo("c0ver12");
        assertThat(comment.childIds()).containsExactly(78L, 79L);
        assertThat(comment.children()).extracting(Comment::id).containsExactly(80L);
    }

    @Test
    void theIdOfATagIsText() {
        Tag tag = TagModels.tag(ModelsTests.data("tag"));

        assertThat(tag.id()).isEqualTo("32179");
        assertThat(tag.followers()).isEqualTo(1_234_567);
        assertThat(tag.whitelisted()).isTrue();
        assertThat(tag.description()).isNull();
        assertThat(tag.accent()).isEqualTo("159559");
        assertThat(tag.items())
                .<Object>extracting(Object::getClass)
                .containsExactly(GalleryImage.class, GalleryAlbum.class);
        assertThat(tag.extra()).containsOnlyKeys("description_annotations");
    }

    @Test
    void aTagOf2017HasNamesAndCountsOnly() {
        Tag tag = TagModels.tag(ModelsTests.data("tag-of-2017"));

        assertThat(tag.totalItems()).isEqualTo(20);
        assertThat(tag.id()).isNull();
        assertThat(tag.following()).isNull();
        assertThat(tag.items()).isEmpty();
    }

    @Test
    void tagsComeWithSelections() {
        TagOverview overview = TagModels.overview(ModelsTests.data("tags"));

        assertThat(overview.featured()).isEqualTo("dogs");
        assertThat(overview.galleries()).hasSize(2);
        assertThat(overview.galleries().get(0).topPost()).isInstanceOf(GalleryAlbum.class);
        assertThat(overview.galleries().get(1).topPost()).isNull();
        assertThat(TagModels.tagVotes(ModelsTests.data("tag-votes")))
                .containsExactly(
                        new TagVote("cats", "someone", 3, 1, Map.of()), new TagVote("dogs", null, 0, 0, Map.of()));
    }

    @Test
    void creditsHaveCapitalNamesAndATime() {
        assertThat(SmallModels.credits(ModelsTests.data("credits")))
                .isEqualTo(new Credits(500L, 481L, Instant.ofEpochSecond(1_764_072_000), 12_500L, 12_411L, Map.of()));
        assertThat(SmallModels.credits(Map.of()).clientRemaining()).isNull();
    }

    @Test
    void aGalleryProfileHasTrophies() {
        GalleryProfile profile = PeopleModels.galleryProfile(ModelsTests.data("gallery-profile"));

        assertThat(profile.totalSubmissions()).isEqualTo(28);
        assertThat(profile.trophies()).extracting(Trophy::name).containsExactly("Sharer");
        assertThat(PeopleModels.avatars(ModelsTests.data("avatars")))
                .extracting(Avatar::name)
                .containsExactly("default/A", "default/B");
    }

    static Stream<Arguments> basics() {
        return Stream.of(
                Arguments.of("basic-boolean", true, 200),
                Arguments.of("basic-integer", 1, 200),
                Arguments.of("basic-string", "done", 200),
                Arguments.of("basic-array", List.of(), 200),
                Arguments.of("basic-object", Map.of("deletehash", "TOPSECRETHASH"), 201));
    }

    @ParameterizedTest
    @MethodSource("basics")
    void theDataOfABasicAnswerMayBeAnything(String fixture, Object data, int status) {
        Basic basic = SmallModels.basic(ModelsTests.envelope(fixture));

        assertThat(basic.data()).isEqualTo(data);
        assertThat(basic.status()).isEqualTo(status);
        assertThat(basic.toString()).doesNotContain("TOPSECRETHASH");
    }

    @Test
    void whatIsNoNumberIdOrWordIsUnreadable() {
        assertThatThrownBy(() -> SmallModels.count("many")).isInstanceOf(UnreadableAnswerException.class);
        assertThatThrownBy(() -> SmallModels.count(null)).isInstanceOf(UnreadableAnswerException.class);
        assertThatThrownBy(() -> SmallModels.numbers(List.of("x"))).isInstanceOf(UnreadableAnswerException.class);
        assertThatThrownBy(() -> SmallModels.favorited("perhaps")).isInstanceOf(UnreadableAnswerException.class);
        assertThatThrownBy(() -> SmallModels.createdId(Map.of())).isInstanceOf(UnreadableAnswerException.class);
        assertThatThrownBy(() -> SmallModels.basic(Map.of("success", false)))
                .hasMessage("the answer says that the call failed, and not why");
    }
}
