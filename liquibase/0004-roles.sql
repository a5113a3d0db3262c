--liquibase formatted sql

--changeset sallyport:roles-role
create table role (
  id text primary key,
  name text not null unique,
  description text not null,
  is_system boolean not null default false
);
create table permission (
  name text primary key
);
create table role_permission (
  role_id text not null references role (id) on delete cascade,
  permission text not null references permission (name),
  primary key (role_id, permission)
);
--rollback drop table role_permission; drop table permission; drop table role;

--changeset sallyport:roles-assignment
create table assignment (
  id text primary key,
  actor_kind text not null,
  actor_id text not null,
  role_id text not null references role (id),
  expires_at timestamptz,
  created_at timestamptz not null,
  created_by text not null,
  unique (actor_kind, actor_id, role_id)
);
--rollback drop table assignment;
