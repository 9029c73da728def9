package dev.rollcall.trigger.job;

import static java.util.stream.Collectors.toMap;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The types there are.
@Singleton
class JobTypes {
    /// Made by the system, to tell callers that something is final.
    static final String WEBHOOK = "webhook";

    private final SortedMap<String, JobType> types;

    JobTypes(@All List<JobType> types) {
        this.types = types.stream().collect(toMap(JobType::name, type -> type, (one, other) -> one, TreeMap::new));
    }

    /// A type that callers may submit.
    ///
    /// @throws BadRequestException (400) naming those
    JobType submitted(String name) {
        JobType type = types.get(name);
        if (type == null) {
            throw new BadRequestException((name.equals(WEBHOOK)
                            ? "jobs of type \"webhook\" are made by the system: give a job or a batch a webhook"
                            : "unknown type \"%s\"".formatted(name))
                    + "; types are " + String.join(", ", types.keySet()));
        }
        return type;
    }

    /// A type that a job may have.
    ///
    /// @throws BadRequestException (400) naming those
    String known(String name) {
        if (!types.containsKey(name) && !name.equals(WEBHOOK)) {
            throw new BadRequestException("unknown type \"%s\"; types are %s, %s"
                    .formatted(name, String.join(", ", types.keySet()), WEBHOOK));
        }
        return name;
    }
}
