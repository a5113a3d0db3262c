--liquibase formatted sql

--changeset sallyport:cluster-audit-keep
-- How long the audit is kept, said by the user that migrates: the one that servers run as could
-- otherwise forge what a checkpoint covers, and have month after month dropped.
create table audit_keep (
  one boolean primary key default true check (one),
  age interval not null
);
--rollback drop table audit_keep;

--changeset sallyport:cluster-definers splitStatements:false
-- Months are made and dropped by functions, which act as the owner of the tables: the user that the
-- server runs as may have no right to do it otherwise. Their search path is fixed, so that nobody
-- can slip a table of the same name before ours.
create function audit_drop_month(month text) returns void language plpgsql as $$
declare
  oldest audit_partition;
  open bigint;
begin
  select p.* into oldest from audit_partition p order by p.upper limit 1;
  if oldest.name is distinct from month then
    raise exception '% is not the oldest month of the audit', month
      using errcode = 'insufficient_privilege';
  end if;
  if oldest.upper > clock_timestamp() - coalesce((select k.age from audit_keep k), interval '0') then
    raise exception '% is to be kept for longer', month using errcode = 'insufficient_privilege';
  end if;
  execute format('select count(*) from %I e left join audit_seal_row s on s.seq = e.seq
      where s.position is null
        or s.position > (select coalesce(max(c.position), 0) from audit_checkpoint c)', month)
    into open;
  if open > 0 or not exists (select 1 from audit_retirement r where r.partition = month) then
    raise exception '% is not covered by a checkpoint', month
      using errcode = 'insufficient_privilege';
  end if;
  execute format('drop table %I', month);
  delete from audit_partition p where p.name = month;
end $$;
create function app_session_drop_month(moment timestamptz) returns void language plpgsql as $$
begin
  execute format('drop table %I',
    'app_session_ended_' || to_char(moment at time zone 'utc', '"y"YYYY"m"MM'));
end $$;
do $$
declare
  name regprocedure;
begin
  foreach name in array array['audit_extend(timestamptz)', 'audit_drop_month(text)',
      'app_session_month(timestamptz)', 'app_session_drop_month(timestamptz)']::regprocedure[]
  loop
    execute format('alter function %s security definer set search_path = %I, pg_temp', name,
      current_schema());
    execute format('revoke all on function %s from public', name);
  end loop;
end $$;
--rollback alter function audit_extend(timestamptz) security invoker;
--rollback alter function app_session_month(timestamptz) security invoker;
--rollback drop function app_session_drop_month(timestamptz); drop function audit_drop_month(text);

--changeset sallyport:cluster-run-access splitStatements:false
-- What the user gets that servers run as, when another one migrates: rows, no tables. Called after
-- each migration, because there may be new tables by then.
create function run_access(who text) returns void language plpgsql as $$
declare
  thing record;
begin
  execute format('grant usage on schema %I to %I', current_schema(), who);
  for thing in
    select c.relname as name from pg_class c
    where c.relnamespace = current_schema()::regnamespace
      and c.relkind in ('r', 'p') and not c.relispartition
  loop
    execute format('revoke all on %I from %I', thing.name, who);
    execute format('grant %s on %I to %I', case
      when thing.name like 'databasechangelog%' or thing.name in ('audit_partition', 'audit_keep')
        then 'select'
      -- What is said in the audit stays said.
      when thing.name in ('audit_event', 'audit_key', 'audit_checkpoint', 'audit_retirement')
        then 'select, insert'
      when thing.name in ('audit_seal', 'audit_seal_row', 'audit_verification') then 'select, insert, delete'
      else 'select, insert, update, delete' end, thing.name, who);
  end loop;
  for thing in
    select p.oid::regprocedure as name from pg_proc p
    where p.pronamespace = current_schema()::regnamespace and p.prosecdef
  loop
    execute format('grant execute on function %s to %I', thing.name, who);
  end loop;
end $$;
--rollback drop function run_access(text);
