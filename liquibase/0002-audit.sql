--liquibase formatted sql

--changeset sallyport:audit-event
-- details is text, not jsonb: a later hash chain needs the bytes as they were written.
create table audit_event (
  id text not null,
  seq bigint generated always as identity,
  at timestamptz not null,
  xid xid8 not null default pg_current_xact_id(),
  category text not null check (category in ('auth', 'config', 'access', 'data')),
  event text not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  resource_kind text,
  resource_id text,
  resource_name text,
  outcome text not null check (outcome in ('success', 'failure', 'denied')),
  reason text,
  address text,
  request_id text,
  details text not null default '{}',
  primary key (at, seq)
) partition by range (at);
create table audit_event_default partition of audit_event default;
create index audit_event_seq on audit_event (seq desc);
create index audit_event_name on audit_event (event, seq desc);
create index audit_event_actor on audit_event (actor_id, seq desc);
--rollback drop table audit_event;

--changeset sallyport:audit-append-only splitStatements:false
create function audit_event_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_event is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_event_no_change before update or delete on audit_event
  for each row execute function audit_event_is_append_only();
create trigger audit_event_no_truncate before truncate on audit_event
  for each statement execute function audit_event_is_append_only();
--rollback drop trigger audit_event_no_truncate on audit_event; drop trigger audit_event_no_change on audit_event; drop function audit_event_is_append_only();
