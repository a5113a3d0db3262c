--liquibase formatted sql

--changeset sallyport:consolesessions-signed-cookies labels:contract
-- The cookie is signed now and the session knows its person. Nobody can be carried over: people
-- sign in again. Ended sessions stay until they would have expired, so that their browsers can be
-- told why. id_token is Tink ciphertext, bound to table, row and column.
drop table console_session;
create table console_session (
  id text primary key,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  provider_id text,
  issuer text,
  subject text,
  sid text,
  id_token text,
  csrf_hash bytea not null check (length(csrf_hash) = 32),
  address text not null,
  user_agent text not null,
  started_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > started_at),
  ended_at timestamptz,
  end_reason text,
  check ((ended_at is null) = (end_reason is null)),
  check ((provider_id is null) = (issuer is null) and (issuer is null) = (subject is null))
);
create index console_session_actor on console_session (actor_id, actor_kind) where ended_at is null;
create index console_session_person on console_session (issuer, subject) where ended_at is null;
create index console_session_sid on console_session (issuer, sid) where ended_at is null;
create index console_session_provider on console_session (provider_id) where ended_at is null;
create index console_session_started on console_session (started_at desc, id desc) where ended_at is null;
create index console_session_expires on console_session (expires_at);
--rollback drop table console_session;
--rollback create table console_session (id text primary key, hash bytea not null unique, actor_kind text not null, actor_id text not null, actor_name text not null, address text, user_agent text, started_at timestamptz not null, last_seen_at timestamptz not null, expires_at timestamptz not null);
--rollback create index console_session_actor on console_session (actor_id);
--rollback create index console_session_expires on console_session (expires_at);
