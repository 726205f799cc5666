package dev.gearshift.imgur;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the sources and the README say about each endpoint is what the code sends: the documentation is read by the JDK's
 * own compiler, the endpoint asked of the request itself.
 */
@Tag("once")
@Timeout(60)
class EndpointDocumentationTests {
    private static final Path SOURCES = Path.of("src/main/java/dev/gearshift/imgur");
    private static final Pattern ENDPOINT = Pattern.compile("\\{@code ((?:GET|POST|PUT|DELETE) /\\S+)}");
    private static final Map<Integer, String> COSTS =
            Map.of(0, "Costs no credit", 1, "Costs one credit", 10, "Costs ten credits");
    private static final Pattern ROW =
            Pattern.compile("\\| `((?:GET|POST|PUT|DELETE) /[^`]+)` \\| `([\\w.]+)` \\| (\\d+) \\| ([^|]+) \\|.*");

    private static final Set<Class<?>> SENT = Set.of(
            ImgurRequest.class,
            ImgurPages.class,
            ImgurAnswer.class,
            CompletableFuture.class,
            Iterator.class,
            Stream.class,
            List.class);

    /** These change how something will be sent. */
    private static final Pattern OPTION = Pattern.compile("with[A-Z].*|startingAt");

    /** The documentation of each public method, by class and method; overloads one after the other. */
    private static final Map<String, List<String>> DOCS = new TreeMap<>();

    /** Public types and members without documentation. */
    private static final List<String> UNDOCUMENTED = new ArrayList<>();

    @BeforeAll
    static void readTheSources() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> files;
        try (var found = Files.walk(SOURCES)) {
            files = found.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("internal"))
                    .toList();
        }
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, diagnostic -> {}, null, null, manager.getJavaFileObjectsFromPaths(files));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new PublicMembers(docs).scan(unit, "");
            }
        }
    }

    private static final class PublicMembers extends TreePathScanner<@Nullable Void, String> {
        private final DocTrees docs;

        PublicMembers(DocTrees docs) {
            this.docs = docs;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, String outer) {
            boolean shown = type.getModifiers().getFlags().contains(Modifier.PUBLIC) || inInterface();
            if (!shown) {
                return null;
            }
            String name = outer.isEmpty() ? type.getSimpleName().toString() : outer + "." + type.getSimpleName();
            if (docs.getDocComment(getCurrentPath()) == null) {
                UNDOCUMENTED.add(name);
            }
            return super.visitClass(type, name);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, String type) {
            boolean shown = method.getModifiers().getFlags().contains(Modifier.PUBLIC) || inInterface();
            boolean inherited = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            if (!shown) {
                return null;
            }
            String doc = docs.getDocComment(getCurrentPath());
            String name = type + "." + method.getName();
            if (doc != null) {
                DocCommentTree tree = docs.getDocCommentTree(getCurrentPath());
                assertThat(tree.getFirstSentence()).as(name).isNotEmpty();
                DOCS.computeIfAbsent(name, any -> new ArrayList<>()).add(doc.replaceAll("\\s+", " "));
            } else if (!inherited) {
                UNDOCUMENTED.add(name);
            }
            return null;
        }

        private boolean inInterface() {
            TreePath parent = getCurrentPath().getParentPath();
            return parent != null
                    && parent.getLeaf() instanceof ClassTree type
                    && type.getKind() == com.sun.source.tree.Tree.Kind.INTERFACE;
        }
    }

    @Test
    void everythingPublicIsDocumented() {
        assertThat(UNDOCUMENTED).isEmpty();
        assertThat(DOCS).as("the sources were found").hasSizeGreaterThan(100);
    }

    @Test
    void everyEndpointSaysWhatItSendsWhatItCostsAndHowItFails() {
        try (ImgurClient imgur = EndpointTable.client()) {
            for (EndpointTable.Row row : EndpointTable.rows()) {
                ImgurRequest<?> request = row.call().apply(imgur);
                List<String> docs = DOCS.getOrDefault(row.method(), List.of());
                assertThat(docs).as(row.method()).isNotEmpty().allSatisfy(doc -> {
                    if (!row.method().equals("ImgurClient.other")) {
                        assertThat(endpoints(doc)).as(row.method()).contains(request.endpoint());
                    }
                    assertThat(doc).as(row.method()).contains(COSTS.get(request.cost()));
                    assertThat(doc).as(row.method()).containsPattern("Fails with (an )?\\{@link ImgurException");
                });
            }
        }
    }

    /** Beside the endpoints: what sends a call, or gives one that can be sent. */
    @Test
    void whateverSendsSaysWhatItCostsAndHowItFails() {
        Set<String> senders = new TreeSet<>();
        List<Class<?>> sending = new ArrayList<>(EndpointTests.GROUPS);
        sending.addAll(List.of(ImgurPages.class, ImgurRequest.class));
        for (Class<?> type : sending) {
            for (Method method : type.getDeclaredMethods()) {
                if (java.lang.reflect.Modifier.isPublic(method.getModifiers())
                        && SENT.contains(method.getReturnType())
                        && !OPTION.matcher(method.getName()).matches()) {
                    senders.add(type.getSimpleName() + "." + method.getName());
                }
            }
        }
        senders.add("ImgurRequest.send");

        assertThat(senders).contains("AlbumEndpoints.complete", "AlbumEndpoints.get", "ImgurPages.iterator");
        assertThat(senders)
                .hasSizeGreaterThan(60)
                .allSatisfy(sender -> assertThat(DOCS.getOrDefault(sender, List.of()))
                        .isNotEmpty()
                        .allSatisfy(doc -> assertThat(doc)
                                .containsPattern("[Cc]osts|\\{@link #cost")
                                .containsPattern("\\{@link ImgurException|@throws ImgurException")));
    }

    private static Set<String> endpoints(String doc) {
        Set<String> endpoints = new TreeSet<>();
        Matcher matcher = ENDPOINT.matcher(doc);
        while (matcher.find()) {
            endpoints.add(matcher.group(1));
        }
        return endpoints;
    }

    @Test
    void theTableInTheReadmeIsWhatTheCodeSends() throws IOException {
        Set<String> said = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                said.add(row.group(1) + " by " + row.group(2) + " costs " + row.group(3) + " for " + row.group(4));
            }
        }
        Set<String> sent = new TreeSet<>();
        try (ImgurClient imgur = EndpointTable.client()) {
            for (EndpointTable.Row row : EndpointTable.rows()) {
                if (!row.method().equals("ImgurClient.other")) {
                    ImgurRequest<?> request = row.call().apply(imgur);
                    sent.add(request.endpoint() + " by " + spoken(row.method()) + " costs " + request.cost() + " for "
                            + asker(request));
                }
            }
        }

        assertThat(said).isEqualTo(sent);
    }

    private static String asker(ImgurRequest<?> request) {
        return switch (request.address().endpoint().access()) {
            case APPLICATION -> "a client id";
            case USER -> "a signed-in user";
            case NOBODY -> "whoever has a refresh token";
        };
    }

    /** As a user writes it: {@code images().get}. */
    private static String spoken(String method) {
        String group = method.substring(0, method.indexOf('.'));
        String name = method.substring(method.indexOf('.') + 1);
        return switch (group) {
            case "ImageEndpoints" -> "images." + name;
            case "AlbumEndpoints" -> "albums." + name;
            case "GalleryEndpoints" -> "gallery." + name;
            case "TagEndpoints" -> "tags." + name;
            case "AccountEndpoints" -> "accounts." + name;
            case "CommentEndpoints" -> "comments." + name;
            case "OAuthEndpoints" -> "oauth." + name;
            default -> name;
        };
    }
}
