package dev.rollcall.postcheck.census;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// Finds the run to judge.
@Singleton
public class Runs {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Jdbi jdbi;

    Runs(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// The day's newest daily run: a forced repeat stands for its day.
    public Optional<JudgedRun> newestOf(LocalDate day) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, key, day, planned, encode(expected_hash, 'hex') as expected_hash
                        from run
                        where kind = 'daily' and day = :day
                        order by repeat desc
                        limit 1
                        """)
                .bind("day", day)
                .map(ConstructorMapper.of(JudgedRun.class))
                .findOne());
    }

    /// @param name a run's number, or its key such as `daily:2026-11-21#2`
    public Optional<JudgedRun> find(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, key, day, planned, encode(expected_hash, 'hex') as expected_hash
                        from run
                        where id = :number or key = :key
                        """)
                .bind("number", NUMBER.matcher(name).matches() ? Long.parseLong(name) : -1)
                .bind("key", name)
                .map(ConstructorMapper.of(JudgedRun.class))
                .findOne());
    }
}
