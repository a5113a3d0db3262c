--liquibase formatted sql

--changeset sallyport:apikeys-api-key
create table api_key (
  id text primary key,
  name text not null unique,
  hash bytea not null unique,
  hint text not null,
  kind text not null,
  role_id text not null references role (id),
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz,
  last_used_at timestamptz
);
create table bootstrap (
  used_at timestamptz not null,
  only_row boolean primary key default true check (only_row)
);
--rollback drop table bootstrap; drop table api_key;
