--liquibase formatted sql

--changeset sallyport:apikeys-values labels:contract
-- A key may have several values at a time: the newest never expires by itself, older ones live until
-- the overlap of their rotation ends.
create table api_key_value (
  id text primary key,
  key_id text not null references api_key (id) on delete cascade,
  hash bytea not null unique,
  hint text not null,
  created_at timestamptz not null,
  expires_at timestamptz
);
create unique index api_key_value_newest on api_key_value (key_id) where expires_at is null;
create index api_key_value_old on api_key_value (expires_at) where expires_at is not null;
insert into api_key_value (id, key_id, hash, hint, created_at)
  select 'kv_' || substr(id, 5), id, hash, hint, created_at from api_key;
alter table api_key drop column hash;
alter table api_key drop column hint;
--rollback alter table api_key add column hash bytea unique; alter table api_key add column hint text; update api_key k set hash = v.hash, hint = v.hint from api_key_value v where v.key_id = k.id and v.expires_at is null; alter table api_key alter column hash set not null; alter table api_key alter column hint set not null; drop table api_key_value;

--changeset sallyport:apikeys-owner
-- The person whose key it is; null for keys of nobody in particular.
alter table api_key add column owner_id text;
create index api_key_owner on api_key (owner_id) where owner_id is not null;
--rollback alter table api_key drop column owner_id;

--changeset sallyport:apikeys-roles-by-assignment labels:contract
-- Roles are assignments; roles-of-keys has moved them.
alter table api_key drop column role_id;
--rollback alter table api_key add column role_id text references role (id); update api_key k set role_id = coalesce((select a.role_id from assignment a where a.actor_kind = k.kind and a.actor_id = k.id and a.source = 'key'), 'r-viewer'); alter table api_key alter column role_id set not null;
