-- What a client that vanished may hold, and for how long. A host that loses power says no good-bye: without keepalives its
-- connections, and with one of them the dispatcher's lock, would stay until TCP gives up after hours.

do $$
declare
    service text;
begin
    foreach service in array array ['rollcall_trigger', 'rollcall_worker', 'rollcall_reconciler', 'rollcall_postcheck',
                                    'rollcall_api'] loop
        execute format('alter role %I set idle_in_transaction_session_timeout = ''5min''', service);
        execute format('alter role %I set tcp_keepalives_idle = 10', service);
        execute format('alter role %I set tcp_keepalives_interval = 5', service);
        execute format('alter role %I set tcp_keepalives_count = 3', service);
    end loop;
end $$;
