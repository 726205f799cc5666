package dev.gearshift.executors.wire;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The classes of one source file, compiled in memory, in a loader of their own. */
final class CompiledSource extends ClassLoader {
    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    /** @param className the top-level class, in the unnamed package */
    CompiledSource(String className, String source) {
        super(CompiledSource.class.getClassLoader());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavaFileObject file =
                    new SimpleJavaFileObject(
                            URI.create("string:///" + className + ".java"), JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return source;
                        }
                    };
            boolean compiled = compiler.getTask(
                            messages,
                            new Collecting(files),
                            null,
                            List.of("-proc:none", "-nowarn"),
                            null,
                            List.of(file))
                    .call();
            if (!compiled) {
                throw new AssertionError(messages + "\n" + source);
            }
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes a class away, as if it were missing on the class path. */
    void forget(String name) {
        classes.remove(name);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        ByteArrayOutputStream bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes.toByteArray(), 0, bytes.size());
    }

    private final class Collecting extends ForwardingJavaFileManager<JavaFileManager> {
        Collecting(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + className.replace('$', '-') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    classes.put(className, out);
                    return out;
                }
            };
        }
    }
}
