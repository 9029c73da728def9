-- Batches of rows and typed jobs, on the lanes of the nightly run: one engine, three kinds of work.

-- Queues --------------------------------------------------------------------------------------------------------------

-- What runs work that is not a prompt: a handler of the workers, by its type.
create table handler (
    type        text    not null,
    concurrency integer not null,                              -- runs at one time, over all workers
    constraint handler_pk primary key (type),
    constraint handler_concurrency_positive check (concurrency > 0)
);
insert into handler values ('http', 64), ('sleep', 1000), ('webhook', 16);

-- A lane's `provider` names its queue, so the two kinds of queue may not share a name.
alter table provider add constraint provider_id_no_handler check (id not in ('http', 'sleep', 'webhook'));

create view queue with (security_invoker = true) as
select id as name, 'prompt' as type, concurrency from provider
union all
select type, type, concurrency from handler;

-- What an operator has said of a queue; no row is nothing said. The dispatcher reads it at every pass.
create table queue_setting (
    queue     text not null,
    paused_at timestamptz,
    per_tick  integer,                                         -- tasks hinted in one tick, at most
    tick_ms   integer,
    delay_ms  integer,                                         -- between one task hinted and the next, at least
    constraint queue_setting_pk primary key (queue),
    constraint queue_setting_sane check (per_tick > 0 and tick_ms > 0 and delay_ms >= 0),
    constraint queue_setting_tick_whole check ((per_tick is null) = (tick_ms is null))
);

-- Batches -------------------------------------------------------------------------------------------------------------

alter table batch
    alter column run drop not null,                            -- a batch of rows belongs to no run
    add column kind        text not null default 'nightly',
    add column name        text,
    add column template    text,                               -- rows: the prompt, with {{column}} where a cell goes
    add column columns     text[],                             -- rows: the names of the cells, in order
    add column concurrency integer,                            -- tasks that may be neither untouched nor final; null: no bound
    add column paused_at   timestamptz,
    add column unstarted   integer not null default 0,         -- tasks that the latest cancel kept from ever starting
    add column created_by  text,
    add constraint batch_kind_known check (kind in ('nightly', 'rows', 'jobs')),
    add constraint batch_run_of_nightly check ((kind = 'nightly') = (run is not null)),
    add constraint batch_template_of_rows check ((kind = 'rows') = (template is not null and columns is not null)),
    add constraint batch_concurrency_positive check (concurrency > 0),
    add constraint batch_attempts_positive check (max_attempts > 0);

-- A lane names its batch's organization too: what a task's organization is, is one look away.
alter table lane add column organization text;
update lane l set organization = b.organization from batch b where b.id = l.batch;
alter table lane alter column organization set not null;

create index batch_of_organization on batch (organization, id) where kind = 'rows';

-- Jobs gather in one open-ended batch a day, per queue (its name), priority and budget. Its one lane grows, so that a job's
-- number on the lane is its item's in the batch; it closes and opens again.
create unique index batch_jobs_once on batch (organization, day, name, priority, max_attempts) where kind = 'jobs';

alter table item
    alter column prompt drop not null,                         -- a row or a job has a number only
    alter column body drop not null,
    add column cells      text[],                              -- rows: the cells
    add column created_at timestamptz,                         -- jobs: when it was accepted
    add constraint item_has_content check ((body is null) <> (cells is null)),
    drop constraint item_prompt_once;
create unique index item_prompt_once on item (day, batch, prompt) where prompt is not null;

-- Why the failed tasks of a lane failed, counted like `tally`: per writer, in the transaction that changes the tasks.
create table failure (
    lane   bigint  not null,
    writer bigint  not null,
    reason text    not null,
    tasks  integer not null,
    constraint failure_pk primary key (lane, writer, reason)
) with (fillfactor = 50);

-- Jobs ----------------------------------------------------------------------------------------------------------------

-- A job that is to be cancelled although it runs: its worker aborts it. A row goes when its task is final.
create table cancellation (
    task     bigint      not null,
    day      date        not null,
    asked_at timestamptz not null default clock_timestamp(),
    constraint cancellation_pk primary key (task)
);

-- How far a running task says it is. The last word of a task that is final is its state.
create table progress (
    task    bigint      not null,
    day     date        not null,
    attempt integer     not null,
    percent smallint    not null,
    note    text,
    said_at timestamptz not null default clock_timestamp(),
    constraint progress_pk primary key (task),
    constraint progress_percent_sane check (percent between 0 and 100)
);

-- Whom to tell, once, when a batch or a job is final. Telling is a job of type `webhook`, retried by the ledger.
create table hook (
    id           bigint not null generated always as identity,
    organization text   not null,
    url          text   not null,
    batch        bigint not null,
    day          date   not null,
    task         bigint,                                       -- null: the whole batch
    told_at      timestamptz,
    constraint hook_pk primary key (id)
);
create index hook_untold on hook (id) where told_at is null;

-- Tenants -------------------------------------------------------------------------------------------------------------

-- What was accepted under a caller's own key: the same request again gets the first answer again.
create table idempotency (
    organization text        not null,
    key          text        not null,
    what         text        not null,                         -- batch, job
    request_hash bytea       not null,                         -- SHA-256 of the request
    answer       bigint      not null,                         -- the batch's or the task's id
    accepted_at  timestamptz not null default clock_timestamp(),
    constraint idempotency_pk primary key (organization, what, key)
);

-- Keys of callers: `rc_<id>_<secret>`. The secret has 256 bits, so a plain hash is enough and only that is kept.
create table api_key (
    id           text        not null,
    organization text        not null,
    name         text        not null,
    secret_hash  bytea       not null,                         -- SHA-256
    scopes       text[]      not null,
    created_at   timestamptz not null default clock_timestamp(),
    created_by   text        not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    constraint api_key_pk primary key (id),
    constraint api_key_organization_fk foreign key (organization) references organization,
    constraint api_key_scopes_known check (scopes <@ array ['read', 'write', 'operate'] and scopes <> '{}')
);
create index api_key_of_organization on api_key (organization, id);

-- What an organization's requests to its own endpoints are signed with (Standard Webhooks). Workers need it in clear.
create table signing_secret (
    organization text        not null,
    secret       text        not null,                         -- whsec_<base64>
    created_at   timestamptz not null default clock_timestamp(),
    constraint signing_secret_pk primary key (organization),
    constraint signing_secret_organization_fk foreign key (organization) references organization
);

-- Who did what. Append-only: no role may change or delete.
create table audit (
    id           bigint      not null generated always as identity,
    at           timestamptz not null default clock_timestamp(),
    who          text        not null,                         -- a key's id, operator, scheduler
    what         text        not null,                         -- batch.cancel, key.create, queue.pause, ...
    organization text,                                         -- null: all of them
    target       text,
    result       text        not null,
    constraint audit_pk primary key (id)
);
create index audit_of_organization on audit (organization, id);

-- Rights --------------------------------------------------------------------------------------------------------------

grant select on handler, queue, queue_setting, failure, cancellation, progress, hook
    to rollcall_trigger, rollcall_worker, rollcall_reconciler, rollcall_postcheck;

grant update on handler to rollcall_trigger;
grant insert, update on queue_setting to rollcall_trigger;
grant insert, update on failure to rollcall_trigger, rollcall_worker, rollcall_reconciler;
grant insert, delete on cancellation to rollcall_trigger;
grant insert, update on hook to rollcall_trigger;
grant update (not_before) on retry to rollcall_trigger;
grant delete on progress to rollcall_trigger;
grant select, insert on idempotency to rollcall_trigger;
grant select, insert on api_key to rollcall_trigger;
grant update (revoked_at) on api_key to rollcall_trigger;
grant select, insert, update on signing_secret to rollcall_trigger;
grant select, insert on audit to rollcall_trigger;

grant insert, update, delete on progress to rollcall_worker;
grant select on signing_secret to rollcall_worker;

-- Days ----------------------------------------------------------------------------------------------------------------

-- Rows come by COPY, which refuses a table with row-level security: the trigger copies into the day's partition itself.
create or replace function open_day(wanted date) returns void
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
        -- to_regclass would answer from this session's cache, which may not have heard yet what was made while we waited
        if exists (select from pg_class where relnamespace = 'rollcall'::regnamespace and relname = child) then
            continue;
        end if;
        execute format('create table %I (like %I including all)', child, parent);
        if parent = 'task' then
            execute format('alter table %I set (fillfactor = 50)', child);
        end if;
        if parent in ('item', 'task') then
            execute format('grant insert on %I to rollcall_trigger', child);
        end if;
        execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, child, wanted, wanted + 1);
    end loop;
end $$;

-- days that were opened before
do $$
declare
    child regclass;
begin
    for child in select inhrelid::regclass from pg_inherits
                 where inhparent in ('item'::regclass, 'task'::regclass) loop
        execute format('grant insert on %s to rollcall_trigger', child);
    end loop;
end $$;
