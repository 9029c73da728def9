-- A lane's and a batch's row change with every round of jobs and every pass of the dispatcher. An index on what changes, though
-- it has a lane for a moment only, made each change write into all of the lane's indexes; and full pages leave no room for the
-- next version beside the last one. (fillfactor counts for new pages; old ones make room as their rows move.)
drop index lane_waiting;
alter table lane set (fillfactor = 50);
alter table batch set (fillfactor = 50);

-- A trigger before an update locks each row once more before it evaluates its condition, and writes that down; one after it
-- does not, and refuses as well.
drop trigger task_transition_legal on task;
create trigger task_transition_legal after update on task for each row
    when (old.state is distinct from new.state and (old.state, new.state) not in (
        ('pending', 'running'), ('running', 'succeeded'), ('running', 'failed'), ('running', 'pending'), ('running', 'cancelled'),
        ('pending', 'failed'), ('pending', 'cancelled'), ('failed', 'pending'), ('cancelled', 'pending')))
    execute function refuse_transition();

-- A leaving worker hands back hints whose entries may still be there.
grant update (not_before) on retry to rollcall_worker;
