-- A million tasks are made pending again portion by portion. As long as this names the state they had, the batch is what it was
-- to everybody else (cancelled, closed), and whoever finds it may do the next portion.
alter table batch
    add column reviving text,
    add constraint batch_reviving_known check (reviving in ('cancelled', 'failed'));
create index batch_reviving on batch (id) where reviving is not null;
