-- An organization's callers read as a role of their own, which sees the rows of one organization: the one that the
-- transaction names by set_config('app.org', ..., true). A transaction that names none sees nothing, and there is no name
-- for all of them: an operator's reads are the trigger's own. (A policy that says "or all" can use no index.)

do $$
begin
    if not exists (select from pg_roles where rolname = 'rollcall_api') then
        create role rollcall_api login nosuperuser nobypassrls;
    end if;
    execute 'alter role rollcall_api set search_path = rollcall';
end $$;

grant usage on schema rollcall to rollcall_api;
grant select on organization, run, batch, lane, item, task, attempt, retry, tally, failure, cancellation, progress, hook,
    api_key, audit, queue, queue_setting, handler to rollcall_api;
-- not where a provider is, nor which variable holds its key
grant select (id, concurrency, active) on provider to rollcall_api;

-- Whether the transaction may see rows of this organization. Inlined, so that an index can be used.
create function visible(organization text) returns boolean language sql stable
    return organization = nullif(current_setting('app.org', true), '');

-- The policies look for an organization's lanes and batches: one look at each row, or all of them once, hashed. Both must
-- not depend on how many others have.
create index lane_of_organization on lane (organization, id);
create index batch_visible on batch (organization, id);

do $$
declare
    name text;
begin
    foreach name in array array ['organization', 'run', 'batch', 'lane', 'item', 'task', 'attempt', 'retry', 'tally', 'failure',
                                 'cancellation', 'progress', 'hook', 'idempotency', 'api_key', 'signing_secret', 'audit'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        -- the services work for all organizations, each within its grants; so does the owner, who migrates
        execute format('create policy services on %I to rollcall_trigger, rollcall_worker, rollcall_reconciler, '
                       || 'rollcall_postcheck, current_user using (true) with check (true)', name);
    end loop;
    -- a row that names its organization
    foreach name in array array ['batch', 'lane', 'hook', 'api_key', 'audit'] loop
        execute format('create policy tenant on %I for select to rollcall_api using (visible(organization))', name);
    end loop;
    -- a row that carries its organization in its lane or batch: lanes and batches are few, tasks are many
    foreach name in array array ['retry', 'tally', 'failure'] loop
        execute format('create policy tenant on %I for select to rollcall_api '
                       || 'using (exists (select from lane l where l.id = lane))', name);
    end loop;
    foreach name in array array ['attempt', 'cancellation', 'progress'] loop
        execute format('create policy tenant on %I for select to rollcall_api '
                       || 'using (exists (select from lane l where l.id = task >> 24))', name);
    end loop;
end $$;

create policy tenant on organization for select to rollcall_api using (visible(id));
create policy tenant on run for select to rollcall_api using (exists (select from batch b where b.run = run.id));
create policy tenant on item for select to rollcall_api using (exists (select from batch b where b.id = batch));
create policy tenant on task for select to rollcall_api using (exists (select from lane l where l.id = task.id >> 24));

-- what a caller's key has been used for is looked up by whoever writes, the trigger
revoke all on idempotency, signing_secret from rollcall_api;
