-- Each service connects as itself and may do what it does, no more. The roles have no password here:
-- a deployment sets one (alter role ... password), the laptop trusts its own loopback.

do $$
declare
    service text;
begin
    foreach service in array array ['rollcall_trigger', 'rollcall_worker', 'rollcall_reconciler', 'rollcall_postcheck'] loop
        if not exists (select from pg_roles where rolname = service) then
            execute format('create role %I login nosuperuser nobypassrls', service);
        end if;
        execute format('alter role %I set search_path = rollcall', service);
        execute format('grant usage on schema rollcall to %I', service);
        execute format('grant select on all tables in schema rollcall to %I', service);
    end loop;
end $$;

-- the trigger plans, dispatches, repairs and closes
grant insert, update, delete on organization, prompt, provider to rollcall_trigger;
grant insert, update on run, batch, lane, repair to rollcall_trigger;
grant insert on item, task to rollcall_trigger;
grant update (state, reason, spared) on task to rollcall_trigger;
grant insert, delete on retry to rollcall_trigger;
grant insert, update on tally, scheduler_runs to rollcall_trigger;
grant execute on function open_day(date) to rollcall_trigger;

-- the worker claims and finishes
grant update (state, reason, worker, attempt, spared) on task to rollcall_worker;
grant insert on attempt, retry to rollcall_worker;
grant insert, update on tally, worker to rollcall_worker;
grant insert, update, delete on permit to rollcall_worker;
grant insert, delete on claim to rollcall_worker;

-- the reconciler takes back and republishes
grant update (state, reason, worker, spared, deaths) on task to rollcall_reconciler;
grant insert on attempt to rollcall_reconciler;
grant insert, update, delete on retry to rollcall_reconciler;
grant insert, update on tally, scheduler_runs to rollcall_reconciler;
grant update (dead_at) on worker to rollcall_reconciler;
grant update (next) on lane to rollcall_reconciler;
grant delete on permit, claim to rollcall_reconciler;

-- the postcheck judges and asks
grant insert on repair to rollcall_postcheck;
grant insert, update on scheduler_runs to rollcall_postcheck;

-- it runs with its owner's rights, so not everybody may call it
revoke execute on function open_day(date) from public;
