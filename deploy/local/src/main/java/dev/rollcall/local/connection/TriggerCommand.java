package dev.rollcall.local.connection;

import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.Page;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
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

    /// Bad usage, in words.
    protected final ParameterException nonsense(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
