package dev.rollcall.local.terminal;

import java.io.PrintWriter;
import java.util.List;

/// Where people read. A terminal can draw lines anew; a pipe or a file only ever gets more.
public final class Screen {

    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_LINE = "\u001b[2K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintWriter out;
    private final boolean terminal;
    private int drawn;
    private boolean silent;

    public Screen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /// Standard output.
    public static Screen standard(PrintWriter out) {
        var console = System.console();
        return new Screen(out, console != null && console.isTerminal());
    }

    public boolean isTerminal() {
        return terminal;
    }

    /// Prints a line for good.
    public synchronized void say(String line) {
        if (silent) {
            return;
        }
        drawn = 0;
        out.println(line);
        out.flush();
    }

    public synchronized void say(List<String> lines) {
        lines.forEach(this::say);
    }

    /// Says one last line, when this process is told to end: what was under way may still fail, but that is no news.
    public synchronized void sayLast(String line) {
        say("");
        say(line);
        silent = true;
    }

    /// Draws lines in the place of those drawn last, if nothing was said since.
    public synchronized void redraw(List<String> lines) {
        if (silent) {
            return;
        }
        if (drawn > 0) {
            out.printf(UP, drawn);
        }
        for (String line : lines) {
            out.print(CLEAR_LINE);
            out.println(line);
        }
        out.print(CLEAR_BELOW); // when there were more lines before
        drawn = lines.size();
        out.flush();
    }
}
