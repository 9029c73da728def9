package dev.rollcall.local.process;

import java.util.List;
import java.util.Map;

/// What a child runs.
///
/// @param name names its log and its pid file: letters, digits and dashes
/// @param environment added to this process's own
public record Program(String name, List<String> command, Map<String, String> environment) {

    public Program {
        if (!name.matches("[a-z0-9-]+") || command.isEmpty()) {
            throw new IllegalArgumentException("not a program: '%s' %s".formatted(name, command));
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
