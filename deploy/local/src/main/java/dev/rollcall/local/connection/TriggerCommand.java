package dev.rollcall.local.connection;

import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.Page;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command that asks the trigger-service. What a script wants goes to standard output, what only people want to
/// standard error.
public abstract class TriggerCommand implements Callable<Integer> {

    protected static final int DONE = 0;
    protected static final int NOT_DONE = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Connection connection = new Connection();

    protected final Api api() {
        return connection.api();
    }

    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    protected final void say(List<String> lines) {
        lines.forEach(out()::println);
    }

    /// Says so when a list goes on.
    protected final void sayMore(Page<?> page) {
        if (page.next() != null) {
            err().println("There are more: raise --limit.");
        }
    }

    /// What was given in the option `--name`, or in the file that `--name-file` names: one of them has to be there.
    protected final String textOf(String name, @Nullable String text, @Nullable Path file) throws IOException {
        if ((text == null) == (file == null)) {
            throw nonsense("Give the %s with --%s or with --%s-file".formatted(name, name, name));
        }
        if (file == null) {
            return String.valueOf(text);
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw nonsense("--%s-file: %s can't be read".formatted(name, file));
        }
        return Files.readString(file);
    }

    /// Bad usage, in words.
    protected final ParameterException nonsense(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
