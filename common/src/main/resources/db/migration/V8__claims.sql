-- A claim's tasks are read rarely and live for seconds: compressing them costs more than it saves.
alter table claim alter column tasks set storage external;
