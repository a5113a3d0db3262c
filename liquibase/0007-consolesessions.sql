--liquibase formatted sql

--changeset sallyport:consolesessions-console-session
create table console_session (
  id text primary key,
  hash bytea not null unique,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  address text,
  user_agent text,
  started_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index console_session_actor on console_session (actor_id);
create index console_session_expires on console_session (expires_at);
-- A link that signs one browser in, once.
create table sign_in_link (
  hash bytea primary key,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  expires_at timestamptz not null
);
--rollback drop table sign_in_link; drop table console_session;
