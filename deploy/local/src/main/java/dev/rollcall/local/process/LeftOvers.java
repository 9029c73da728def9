package dev.rollcall.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Children of a launcher that was killed before it could stop them.
public final class LeftOvers {

    private LeftOvers() {}

    /// Kills them: their work is safe in the ledger, and a new system is about to take their place.
    ///
    /// @return the numbers of the processes that were still alive
    public static List<Long> end(Path folder) {
        return PidFile.in(folder).stream()
                .map(PidFile::endLeftOver)
                .flatMap(Optional::stream)
                .toList();
    }
}
