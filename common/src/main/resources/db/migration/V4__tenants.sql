-- The API reads as a role of its own, which sees the rows of one organization: the one that the transaction names by
-- set_config('app.org', ..., true). A transaction that names none sees nothing. '*' is an operator's view of all; no
-- organization can be called so (organization_id_plain).

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
    return organization = nullif(current_setting('app.org', true), '')
        or nullif(current_setting('app.org', true), '') = '*';

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
