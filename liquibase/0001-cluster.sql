--liquibase formatted sql

--changeset sallyport:cluster-change
-- What nodes must hear of. xid lets a reader resume behind the oldest running transaction, so that a
-- late commit is never missed.
create table change (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null,
  ref text not null,
  at timestamptz not null
);
create index change_xid on change (xid);
--rollback drop table change;
