-- The ledger: one row per task, and its state is the only truth. docs/ledger.md tells the tables in words.
-- Flyway runs this as the owner; the services connect with roles of their own (V2__roles.sql).

-- What people edit ----------------------------------------------------------------------------------------------------

create table organization (
    id     text    not null,
    name   text    not null,
    active boolean not null default true,
    constraint organization_pk primary key (id),
    constraint organization_id_plain check (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$')
);

create table prompt (
    organization text    not null,
    id           text    not null,
    text         text    not null,
    active       boolean not null default true,
    constraint prompt_pk primary key (organization, id),
    constraint prompt_organization_fk foreign key (organization) references organization,
    constraint prompt_id_plain check (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$')
);

create table provider (
    id                 text    not null,
    protocol           text    not null,
    base_url           text    not null,
    model              text    not null,
    key_variable       text,                                   -- names an environment variable of the workers; never the key
    concurrency        integer not null default 8,             -- calls at one time, over all workers
    connect_timeout_ms integer not null default 5000,
    total_timeout_ms   integer not null default 120000,
    active             boolean not null default true,
    constraint provider_pk primary key (id),
    constraint provider_id_plain check (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
    constraint provider_protocol_known check (protocol in ('openai', 'anthropic', 'gemini')),
    constraint provider_concurrency_positive check (concurrency > 0),
    constraint provider_timeouts_positive check (connect_timeout_ms > 0 and total_timeout_ms > 0)
);

-- The plan ------------------------------------------------------------------------------------------------------------

create table run (
    id            bigint      not null generated always as identity,
    kind          text        not null,
    day           date        not null,                        -- the local date of the run's zone
    repeat        integer     not null,                        -- 1, and one more for every forced repeat
    key           text        not null,                        -- daily:2026-11-21, daily:2026-11-21#2
    zone          text        not null,
    opened_at     timestamptz not null default clock_timestamp(),
    closed_at     timestamptz,                                 -- when the last of its tasks became final
    deadline      timestamptz not null,                        -- the wall limit: what is pending then fails
    planned       integer     not null,                        -- tasks
    expected_hash bytea       not null,                        -- SHA-256 of the frozen set, see Plans
    constraint run_pk primary key (id),
    constraint run_key_once unique (key),
    constraint run_day_once unique (kind, day, repeat)
);

create table batch (
    id                bigint  not null generated always as identity,
    run               bigint  not null,
    organization      text    not null,
    organization_name text    not null,                        -- as it was when the run opened
    day               date    not null,
    priority          integer not null default 0,              -- higher goes first
    max_attempts      integer not null default 5,
    planned           integer not null,
    opened_at         timestamptz not null default clock_timestamp(),
    closed_at         timestamptz,                             -- when the last of its tasks became final
    cancelled_at      timestamptz,
    constraint batch_pk primary key (id),
    constraint batch_organization_once unique (run, organization),
    constraint batch_run_fk foreign key (run) references run
);
create index batch_open on batch (id) where closed_at is null;

-- One frozen prompt of a batch. Append-only.
create table item (
    day    date    not null,
    batch  bigint  not null,
    n      integer not null,                                   -- 0, 1, 2, ... within the batch
    prompt text    not null,                                   -- the prompt's id
    body   text    not null,                                   -- its text when the run opened
    constraint item_pk primary key (day, batch, n),
    constraint item_prompt_once unique (day, batch, prompt)
) partition by range (day);

-- One batch on one provider. `next` is the cursor of dispatch: items below it have been hinted to workers at least once.
create table lane (
    id            bigint  not null generated always as identity,
    batch         bigint  not null,
    day           date    not null,
    provider      text    not null,
    size          integer not null,
    next          integer not null default 0,
    dispatched_at timestamptz,
    constraint lane_pk primary key (id),
    constraint lane_provider_once unique (batch, provider),
    constraint lane_batch_fk foreign key (batch) references batch,
    constraint lane_cursor_inside check (next between 0 and size),
    constraint lane_size_fits check (size <= 16777216)         -- a task's id holds the item in 24 bits
);
create index lane_waiting on lane (provider) where next < size;

-- The ledger ----------------------------------------------------------------------------------------------------------

-- A task is one item on one lane: id = lane << 24 | item, so neither is stored again, and the primary key
-- is the unique key of (run, prompt, provider). No index on what changes, and half-empty pages: updates stay heap-only.
create table task (
    id      bigint   not null,
    worker  bigint,                                            -- the incarnation that owns it while it runs
    day     date     not null,
    attempt integer  not null default 0,                       -- claims so far: the fence, never lowered
    spared  integer  not null default 0,                       -- claims that cost nothing: 429, open breaker, drain
    deaths  smallint not null default 0,                       -- claims whose worker died
    state   text     not null default 'pending',
    reason  text,                                              -- why it failed or was cancelled, one short code
    constraint task_pk primary key (day, id),
    constraint task_state_known check (state in ('pending', 'running', 'succeeded', 'failed', 'cancelled')),
    constraint task_worker_while_running check ((state = 'running') = (worker is not null)),
    constraint task_reason_when_lost check ((state in ('failed', 'cancelled')) = (reason is not null)),
    constraint task_counts_sane check (spared between 0 and attempt and deaths between 0 and attempt)
) partition by range (day);

-- Which state may follow which. The condition is evaluated without calling a function, so a legal change costs next to nothing.
create function refuse_transition() returns trigger language plpgsql as $$
begin
    raise exception 'task %: % -> % is not a transition', old.id, old.state, new.state
        using errcode = 'check_violation', constraint = 'task_transition_legal';
end $$;

create trigger task_transition_legal before update on task for each row
    when (old.state is distinct from new.state and (old.state, new.state) not in (
        ('pending', 'running'), ('pending', 'failed'), ('pending', 'cancelled'),
        ('running', 'pending'), ('running', 'succeeded'), ('running', 'failed'), ('running', 'cancelled'),
        ('failed', 'pending'), ('cancelled', 'pending')))
    execute function refuse_transition();

-- What happened at each claim. Append-only. `late` marks an answer that came when the task was no longer its worker's:
-- evidence, never the result.
create table attempt (
    task          bigint      not null,
    worker        bigint      not null,
    claimed_at    timestamptz not null,
    started_at    timestamptz,                                 -- when the call went out, if it did
    ended_at      timestamptz not null,
    day           date        not null,
    http_status   integer,
    tokens_in     integer,
    tokens_out    integer,
    attempt       integer     not null,
    late          boolean     not null default false,
    outcome       text        not null,
    reason        text,
    detail        text,                                        -- the error in words
    model         text,
    finish_reason text,
    answer        text,
    constraint attempt_pk primary key (day, task, attempt, late),
    constraint attempt_outcome_known check (outcome in ('succeeded', 'retry', 'failed', 'not_yet', 'died', 'cancelled'))
) partition by range (day);

-- Work that is due again, later or now. A row lives until its hint has been acknowledged by the broker.
create table retry (
    task       bigint      not null,
    day        date        not null,
    lane       bigint      not null,
    attempt    integer     not null,                           -- the task's attempt when this was written
    not_before timestamptz not null,
    constraint retry_pk primary key (task, attempt)
);
create index retry_due on retry (lane, not_before);

-- Counts per lane and writer, changed in the transaction that changes the rows; a lane's count is the sum over writers,
-- so two workers never wait for each other. A worker writes as its incarnation, the other services as 0.
create table tally (
    lane      bigint      not null,
    writer    bigint      not null,
    running   integer     not null default 0,
    succeeded integer     not null default 0,
    failed    integer     not null default 0,
    cancelled integer     not null default 0,
    seen_at   timestamptz not null default clock_timestamp(),  -- the last sign of life from this lane's work
    constraint tally_pk primary key (lane, writer)
) with (fillfactor = 50);

-- The workers ---------------------------------------------------------------------------------------------------------

-- One row per incarnation. It owns what it claimed until it stops or is declared dead.
create table worker (
    id          bigint      not null generated always as identity,
    name        text        not null,
    pool        text        not null,
    started_at  timestamptz not null default clock_timestamp(),
    seen_at     timestamptz not null default clock_timestamp(),
    lease_until timestamptz not null,
    stopped_at  timestamptz,                                   -- it said good-bye, with empty hands
    dead_at     timestamptz,                                   -- the reconciler's verdict
    constraint worker_pk primary key (id)
) with (fillfactor = 50);

-- A worker's share of a provider's permits. Shares never sum to more than the provider's concurrency.
create table permit (
    provider text    not null,
    worker   bigint  not null,
    granted  integer not null,
    wanted   integer not null,                                 -- calls it makes and hints it holds
    constraint permit_pk primary key (provider, worker),
    constraint permit_granted_sane check (granted >= 0)
) with (fillfactor = 50);

-- What a worker has claimed in one poll, kept until all of it is finished and announced: a dead worker leaves
-- exactly the list of what must be looked at.
create table claim (
    id         bigint      not null generated always as identity,
    worker     bigint      not null,
    day        date        not null,
    tasks      bigint[]    not null,
    claimed_at timestamptz not null default clock_timestamp(),
    constraint claim_pk primary key (id)
);

-- Repair and history --------------------------------------------------------------------------------------------------

-- The postcheck asks, the trigger makes due, both can read what became of it.
create table repair (
    id       bigint      not null generated always as identity,
    run      bigint      not null,
    asked_at timestamptz not null default clock_timestamp(),
    asked_by text        not null,
    done_at  timestamptz,
    made_due integer,                                          -- tasks
    skipped  integer,                                          -- tasks that were in flight or due already
    constraint repair_pk primary key (id),
    constraint repair_run_fk foreign key (run) references run
);
create index repair_open on repair (id) where done_at is null;

create table scheduler_runs (
    id           bigint      not null generated always as identity,
    function     text        not null,
    run_key      text        not null,
    status       text        not null,
    started_at   timestamptz not null,
    completed_at timestamptz,
    result       jsonb       not null default '{}',
    constraint scheduler_runs_pk primary key (id),
    constraint scheduler_runs_function_known check (function in ('trigger', 'reconciler', 'postcheck'))
);
create index scheduler_runs_newest on scheduler_runs (function, started_at desc);

-- One row: since when there is a ledger. It owes no run of the time before. (Flyway's own history knows only a time without a zone.)
create table installation (
    at timestamptz not null default clock_timestamp()
);
insert into installation default values;

-- Days ----------------------------------------------------------------------------------------------------------------

-- Makes the partitions of a day. Attaching takes no lock that stops readers or writers of other days.
create function open_day(wanted date) returns void
    language plpgsql security definer set search_path = rollcall, pg_temp as $$
declare
    parent text;
    child  text;
begin
    foreach parent in array array ['item', 'task', 'attempt'] loop
        child := parent || '_' || to_char(wanted, 'YYYYMMDD');
        if to_regclass(child) is not null then
            continue;
        end if;
        perform pg_advisory_xact_lock(hashtext('rollcall.open_day'));
        if to_regclass(child) is not null then
            continue;
        end if;
        execute format('create table %I (like %I including all)', child, parent);
        if parent = 'task' then
            execute format('alter table %I set (fillfactor = 50)', child);
        end if;
        execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, child, wanted, wanted + 1);
    end loop;
end $$;
