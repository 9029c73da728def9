package dev.rollcall.servers;

import java.nio.file.Path;

/// The data folder belongs to a server of a launcher that lives.
public final class FolderInUse extends ServerFailure {

    FolderInUse(Path folder) {
        super("%s is in use by another Rollcall. Stop that one, or choose another folder.".formatted(folder));
    }
}
