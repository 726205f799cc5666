package dev.gearshift.imgur.simulator;

/** Single comments. */
final class CommentPages {

    private final Comments comments;

    CommentPages(Comments comments) {
        this.comments = comments;
    }

    Answer comment(Call call) {
        return Call.ok(comments.alone(comments.of(call)));
    }

    Answer replies(Call call) {
        return Call.ok(comments.withAnswers(comments.of(call)));
    }
}
