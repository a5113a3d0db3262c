--liquibase formatted sql

--changeset sallyport:connections-link
-- What an agent was told to have opened: who must sign in, for which app and which agent. It gives
-- nobody anything: only the same person can use it. session_id is set where the agent has no name.
create table connect_link (
  id text primary key,
  app_id text not null references app (id) on delete cascade,
  issuer text not null,
  subject text not null,
  username text not null,
  agent_client text not null,
  app_session text not null,
  scopes text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index connect_link_person on connect_link (issuer, subject, created_at);
create index connect_link_created on connect_link (created_at);
--rollback drop table connect_link;

--changeset sallyport:connections-state
-- A person on the way to an authorization server and back; the content is encrypted.
create table connect_state (
  id text primary key,
  content text not null,
  issuer text not null,
  subject text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index connect_state_person on connect_state (issuer, subject, created_at);
create index connect_state_created on connect_state (created_at);
--rollback drop table connect_state;

--changeset sallyport:connections-session
-- Sessions that clients began with the gateway, and where they live since their person connected:
-- sealed to their owner, under the hash of the id that the client sends.
create table connect_session (
  id_hash text primary key,
  place text not null,
  expires_at timestamptz not null
);
create index connect_session_expires on connect_session (expires_at);
--rollback drop table connect_session;
