package dev.rollcall.lab.mutation;

import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.Terms;
import dev.rollcall.lab.fault.Fault;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What is broken, how, and who must notice. Everything is done to the database or to the configuration: the services
/// are the ones that ship.
public enum Mutation {
    FENCE(
            "a late answer counts: what the attempt fence keeps apart is made a result by a trigger",
            Fault.C6,
            "I2",
            """
            create or replace function lab.unfenced() returns trigger language plpgsql security definer as $$
            begin
                if new.late and new.outcome = 'succeeded' then
                    delete from rollcall.attempt
                    where day = new.day and task = new.task and attempt = new.attempt and outcome = 'died';
                    new.late := false;
                end if;
                return new;
            end $$;
            create trigger lab_unfenced before insert on rollcall.attempt for each row execute function lab.unfenced();
            """),
    EARLY_ACK(
            "hints are acknowledged before they are claimed: the group's offsets are moved to the end while all workers "
                    + "are dead, and no reconciler takes hints for lost",
            Fault.ACK,
            "I1",
            "",
            terms -> terms.withReconcilers(terms.reconcileEvery(), Duration.ofHours(1))),
    RUN_KEY(
            "the unique keys of a run are dropped",
            Fault.T3,
            "I9",
            "alter table rollcall.run drop constraint run_key_once, drop constraint run_day_once"),
    IDLE_RECONCILER(
            "the reconciler does nothing: its next pass is tomorrow",
            Fault.C1,
            "I1",
            "",
            terms -> terms.withReconcilers(Duration.ofHours(24), terms.lostAfter())),
    BLIND_COUNTERS(
            "counters change without a look at the row: a late answer is counted by a trigger", Fault.C6, "I7", """
            create or replace function lab.count_blindly() returns trigger language plpgsql security definer as $$
            begin
                insert into rollcall.tally (lane, writer, succeeded) values (new.task >> 24, new.worker, 1)
                on conflict on constraint tally_pk do update set succeeded = rollcall.tally.succeeded + 1;
                return null;
            end $$;
            create trigger lab_count_blindly after insert on rollcall.attempt for each row when (new.late)
                execute function lab.count_blindly();
            """),
    OPEN_POLICY("the organizations' policies let everybody see everything", Fault.NONE, "I10", """
            do $$
            declare
                policy record;
            begin
                for policy in select schemaname, tablename from pg_policies where policyname = 'tenant' loop
                    execute format('alter policy tenant on %I.%I using (true)', policy.schemaname, policy.tablename);
                    commit; -- one table's lock at a time
                end loop;
            end $$;
            """),
    EAGER_CLAIMS(
            "workers claim whatever is hinted: a policy hides from them that it is not due yet",
            Fault.K5,
            "I16",
            "create policy lab_eager on rollcall.retry as restrictive for select to rollcall_worker using (false)");

    private final String sentence;
    private final Fault fault;
    private final String noticedBy;
    private final String sql;

    @SuppressWarnings("ImmutableEnumChecker") // a pure function
    private final UnaryOperator<Terms> terms;

    Mutation(String sentence, Fault fault, String noticedBy, String sql) {
        this(sentence, fault, noticedBy, sql, UnaryOperator.identity());
    }

    Mutation(String sentence, Fault fault, String noticedBy, String sql, UnaryOperator<Terms> terms) {
        this.sentence = sentence;
        this.fault = fault;
        this.noticedBy = noticedBy;
        this.sql = sql;
        this.terms = terms;
    }

    public String sentence() {
        return sentence;
    }

    /// The fault under which the missing promise hurts.
    public Fault fault() {
        return fault;
    }

    /// The invariant that must be found broken.
    public String noticedBy() {
        return noticedBy;
    }

    public Terms terms(Terms usual) {
        return terms.apply(usual);
    }

    /// Breaks the promise.
    public void breakIn(Laboratory lab) {
        if (!sql.isEmpty()) {
            lab.witness().look(ledger -> {
                ledger.execute(sql);
                return true;
            });
        }
    }

    /// The name on the command line.
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Finds one by its name.
    ///
    /// @throws IllegalArgumentException naming what is no mutation
    public static Mutation of(String id) {
        return Stream.of(values())
                .filter(mutation -> mutation.id().equals(id.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'%s' is no mutation; --list names them".formatted(id)));
    }
}
