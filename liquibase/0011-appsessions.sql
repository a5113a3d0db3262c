--liquibase formatted sql

--changeset sallyport:appsessions-app-session
-- History keeps names as they were; no foreign keys, so that an app can go and its sessions be read.
create table app_session (
  id text primary key,
  app_id text not null,
  app_name text not null,
  config_id text not null,
  config_name text not null,
  issuer text not null,
  subject text not null,
  username text not null,
  client text,
  sid text,
  act text,
  address text not null,
  opened_by text,
  basis_at timestamptz not null,
  started_at timestamptz not null,
  absolute_end timestamptz not null,
  idle_seconds bigint not null,
  expires_at timestamptz not null,
  last_seen_at timestamptz not null,
  calls bigint not null default 0,
  issuer_lead_seconds int not null default 0,
  ended_at timestamptz,
  ended_reason text,
  ended_by text
) with (fillfactor = 80);
create unique index app_session_one_live on app_session (app_id, issuer, subject, client, sid, act)
  nulls not distinct where ended_at is null;
create index app_session_live_started on app_session (started_at desc, id) where ended_at is null;
create index app_session_live_app on app_session (app_id, started_at desc, id) where ended_at is null;
create index app_session_live_user on app_session (username text_pattern_ops) where ended_at is null;
create index app_session_live_expires on app_session (expires_at) where ended_at is null;
create index app_session_started on app_session (started_at desc, id);
create index app_session_person on app_session (issuer, subject, started_at desc);
--rollback drop table app_session;

--changeset sallyport:appsessions-token
create table app_session_token (
  hash bytea not null,
  session_id text not null references app_session (id) on delete cascade,
  app_id text not null,
  expires_at timestamptz not null,
  attached_at timestamptz not null,
  primary key (hash, app_id)
);
create index app_session_token_session on app_session_token (session_id, expires_at desc);
create index app_session_token_expires on app_session_token (expires_at);
--rollback drop table app_session_token;

--changeset sallyport:appsessions-block
-- Whom not to let in again. null in client, app_id or sid means any, unless no_client or no_sid says
-- that it stands for a token without one.
create table block (
  id text primary key,
  issuer text not null,
  subject text not null,
  client text,
  no_client boolean not null default false,
  app_id text,
  sid text,
  no_sid boolean not null default false,
  revoked_at timestamptz not null,
  cutoff timestamptz not null,
  until timestamptz not null,
  reason text not null,
  created_by text not null
);
create index block_person on block (issuer, subject);
create index block_until on block (until);
--rollback drop table block;
