--liquibase formatted sql

--changeset sallyport:audit-app
-- The app that a row is about: whoever reads the audit within a scope sees these rows only.
alter table audit_event add column app_id text;
create index audit_event_app on audit_event (app_id, seq desc) where app_id is not null;
create index audit_event_resource on audit_event (resource_id, seq desc);
create index audit_event_request on audit_event (request_id);
create index audit_event_xid on audit_event (xid, seq);
--rollback alter table audit_event drop column app_id; drop index audit_event_resource; drop index audit_event_request; drop index audit_event_xid;

--changeset sallyport:audit-partition splitStatements:false
-- Contiguous: each begins where the one before it ends. The first one has no beginning.
create table audit_partition (
  name text primary key,
  lower timestamptz,
  upper timestamptz not null unique
);
create function audit_guard_partition(partition text) returns void language plpgsql as $$
begin
  -- Row triggers come from the parent, statement triggers do not.
  execute format('create trigger audit_event_no_truncate before truncate on %I
    for each statement execute function audit_event_is_append_only()', partition);
end $$;
create function audit_new_default() returns void language plpgsql as $$
begin
  create table audit_event_default partition of audit_event default;
  perform audit_guard_partition('audit_event_default');
end $$;
create function audit_month_after(t timestamptz) returns timestamptz language sql stable as $$
  select (date_trunc('month', t at time zone 'utc') + interval '1 month') at time zone 'utc'
$$;
-- Makes the monthly partitions up to a time. Rows that came into the default one meanwhile move to
-- their month, unchanged, in the same transaction.
create function audit_extend(until timestamptz) returns int language plpgsql as $$
declare
  lower timestamptz;
  upper timestamptz;
  name text;
  moving boolean;
  made int := 0;
begin
  select max(p.upper) into lower from audit_partition p;
  if lower >= until then
    return 0;
  end if;
  moving := exists (select 1 from audit_event_default);
  if moving then
    alter table audit_event detach partition audit_event_default;
    alter table audit_event_default rename to audit_event_moving;
    perform audit_new_default();
  end if;
  while lower < until loop
    upper := audit_month_after(lower);
    name := 'audit_event_' || to_char(lower at time zone 'utc', '"y"YYYY"m"MM');
    execute format('create table %I partition of audit_event for values from (%L) to (%L)',
      name, lower, upper);
    perform audit_guard_partition(name);
    insert into audit_partition values (name, lower, upper);
    lower := upper;
    made := made + 1;
  end loop;
  if moving then
    insert into audit_event (id, seq, at, xid, category, event, actor_kind, actor_id, actor_name,
        resource_kind, resource_id, resource_name, outcome, reason, address, request_id, details,
        app_id)
      overriding system value
      select id, seq, at, xid, category, event, actor_kind, actor_id, actor_name,
        resource_kind, resource_id, resource_name, outcome, reason, address, request_id, details,
        app_id
      from audit_event_moving;
    drop table audit_event_moving;
  end if;
  return made;
end $$;
-- What there is becomes the first partition, as it stands.
do $$
declare
  upper timestamptz;
begin
  select audit_month_after(greatest(now(), max(at))) into upper from audit_event;
  alter table audit_event detach partition audit_event_default;
  alter table audit_event_default rename to audit_event_first;
  execute format('alter table audit_event attach partition audit_event_first
    for values from (minvalue) to (%L)', upper);
  perform audit_guard_partition('audit_event_first');
  perform audit_new_default();
  insert into audit_partition values ('audit_event_first', null, upper);
end $$;
--rollback empty

--changeset sallyport:audit-seal splitStatements:false
-- The hash chain over committed rows. leaf is the hash of the row, hash the one of the chain here.
create table audit_seal_row (
  position bigint primary key,
  seq bigint not null unique,
  id text not null,
  at timestamptz not null,
  leaf bytea not null,
  hash bytea not null
);
create index audit_seal_row_at on audit_seal_row (at);
-- One batch. Up to its horizon (a transaction, and a row within) everything is sealed.
create table audit_seal (
  last_position bigint primary key,
  first_position bigint not null,
  row_count int not null,
  previous bytea not null,
  hash bytea not null,
  horizon_xid xid8 not null,
  horizon_seq bigint not null,
  sealed_at timestamptz not null
);
-- The public keys that checkpoints and exports were ever signed with, and the signed checkpoints.
create table audit_key (
  kid text primary key,
  jwk text not null,
  first_used_at timestamptz not null
);
create table audit_checkpoint (
  position bigint not null,
  kid text not null references audit_key (kid),
  hash bytea not null,
  jws text not null,
  signed_at timestamptz not null,
  primary key (position, kid)
);
-- What retention dropped: the chain goes on behind `position`, whose hash is kept.
create table audit_retirement (
  partition text primary key,
  upper timestamptz not null,
  row_count bigint not null,
  position bigint not null,
  hash bytea not null,
  checkpoint bigint not null,
  retired_at timestamptz not null
);
create table audit_verification (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  ok boolean not null,
  row_count bigint not null,
  position bigint not null,
  unsealed bigint not null,
  checkpoints bigint not null,
  broken_position bigint,
  broken_row text,
  broken_reason text
);
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
-- Retention deletes what lies before the chain's new beginning, hence no trigger on delete.
create trigger audit_seal_row_no_change before update on audit_seal_row
  for each row execute function audit_is_append_only();
create trigger audit_seal_row_no_truncate before truncate on audit_seal_row
  for each statement execute function audit_is_append_only();
create trigger audit_checkpoint_no_change before update or delete on audit_checkpoint
  for each row execute function audit_is_append_only();
create trigger audit_checkpoint_no_truncate before truncate on audit_checkpoint
  for each statement execute function audit_is_append_only();
--rollback empty

--changeset sallyport:audit-saved-filter
create table audit_saved_filter (
  id text primary key,
  actor_kind text not null,
  actor_id text not null,
  name text not null,
  query text not null,
  created_at timestamptz not null,
  unique (actor_kind, actor_id, name)
);
--rollback drop table audit_saved_filter;
