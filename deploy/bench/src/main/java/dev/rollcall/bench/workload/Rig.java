package dev.rollcall.bench.workload;

import dev.rollcall.bench.Effort;
import dev.rollcall.bench.peer.Peers;
import dev.rollcall.local.terminal.Screen;
import java.nio.file.Path;
import java.util.function.Predicate;

/// What every workload measures with.
///
/// @param folder for what is needed while it runs; each workload uses folders of its own in it
/// @param wanted the peers to measure, by title
/// @param screen for what is under way
public record Rig(Effort effort, Path folder, Peers peers, Predicate<String> wanted, Screen screen) {

    public boolean wants(String peer) {
        return wanted.test(peer);
    }

    void say(String line, Object... values) {
        screen.say("  " + line.formatted(values));
    }
}
