package dev.rollcall.local.keys;

import dev.rollcall.local.connection.Group;
import picocli.CommandLine.Command;

@Command(
        name = "keys",
        description = "The keys of callers, and what webhooks are signed with.",
        mixinStandardHelpOptions = true,
        subcommands = {CreateCommand.class, ListCommand.class, RevokeCommand.class, SigningSecretCommand.class},
        footer = {"", "Exit codes: 0 done, 1 not, 2 bad usage."})
public final class KeysCommand extends Group {}
