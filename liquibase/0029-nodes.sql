--liquibase formatted sql

--changeset sallyport:nodes
-- The servers that share this database; each tells every few seconds that it is there.
create table node (
  id text primary key,
  name text not null,
  is_current boolean not null,
  started_at timestamptz not null,
  seen_at timestamptz not null
);
--rollback drop table node;
