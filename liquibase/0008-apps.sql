--liquibase formatted sql

--changeset sallyport:apps-app
create table app (
  id text primary key,
  name text not null unique,
  description text not null default '',
  uri text not null,
  kind text not null check (kind in ('mcp', 'http')),
  labels text not null,
  allowed_origins text not null default '[]',
  upstream_hosts text not null default '[]',
  discoverable boolean not null default true,
  public_address text unique,
  revision bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create table upstream (
  id text primary key,
  app_id text not null references app (id) on delete cascade,
  name text not null,
  url text not null,
  position int not null,
  unique (app_id, name)
);
--rollback drop table upstream; drop table app;
