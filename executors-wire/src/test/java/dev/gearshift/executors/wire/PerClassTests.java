package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.lang.reflect.Type;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is kept with a class does not keep this library. */
@Timeout(60)
class PerClassTests {
    @Test
    void aClassOfTheJdk_doesNotKeepTheLoaderOfThisLibrary() throws Exception {
        WeakReference<ClassLoader> loader = usedByALoaderOfItsOwn();

        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (loader.get() != null && System.nanoTime() < end) {
            System.gc();
        }
        assertThat(loader.get()).isNull();
    }

    @Test
    void typesOfOurOwnClasses_areKept() {
        record Own(int n) {}
        assertThat(WireType.of(Own.class)).isSameAs(WireType.of(Own.class));
        WireType<String> text = WireType.of(String.class);
        assertThat(WireType.of(String.class)).isSameAs(text);
    }

    private static WeakReference<ClassLoader> usedByALoaderOfItsOwn() throws Exception {
        URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
        Class<?> wireType = loader.loadClass(WireType.class.getName());
        assertThat(wireType).isNotEqualTo(WireType.class);
        assertThat(wireType.getMethod("of", Type.class).invoke(null, String.class))
                .hasToString("String");
        loader.close();
        return new WeakReference<>(loader);
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(new File(entry).toURI().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
