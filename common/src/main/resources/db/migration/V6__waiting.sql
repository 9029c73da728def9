-- How many of a lane's tasks wait in the side table of retries. The dispatcher asks it of every open lane some hundred times
-- a second, and counting 300,000 rows takes 50 ms.

alter table tally add column waiting integer not null default 0;

-- Nine statements of three services write that table, so it counts itself. Its counts have writers of their own, below 0:
-- a service has eight, dealt to its connections, so hardly anybody waits for another's commit, and services never do. Who
-- touches several lanes does it in the order of their ids, or alone.
create function count_waiting() returns trigger language plpgsql set search_path = rollcall, pg_temp as $$
declare
    service integer := coalesce(array_position(array ['rollcall_trigger', 'rollcall_worker'], session_user::text), 3);
begin
    insert into tally as t (lane, writer, waiting)
    select lane, -8 * service - pg_backend_pid() % 8, case tg_op when 'INSERT' then count(*) else -count(*) end
    from changed group by lane order by lane
    on conflict on constraint tally_pk do update set waiting = t.waiting + excluded.waiting;
    return null;
end $$;

create trigger retry_inserted after insert on retry
    referencing new table as changed for each statement execute function count_waiting();
create trigger retry_deleted after delete on retry
    referencing old table as changed for each statement execute function count_waiting();

insert into tally (lane, writer, waiting)
select lane, 0, count(*) from retry group by lane
on conflict on constraint tally_pk do update set waiting = excluded.waiting;
