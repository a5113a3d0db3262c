--liquibase formatted sql

--changeset sallyport:appsessions-ended splitStatements:false
-- What ended, by the month in which it did. Columns and their order are those of app_session: rows
-- move here as they are once none of their tokens could be used any more.
create table app_session_ended (like app_session including defaults) partition by range (ended_at);
alter table app_session_ended add primary key (id, ended_at);
create index app_session_ended_started on app_session_ended (started_at desc, id);
create index app_session_ended_user on app_session_ended (username text_pattern_ops);
create index app_session_ended_sign_in on app_session_ended (issuer, subject, sid)
  where sid is not null;
create index app_session_over on app_session (ended_at) where ended_at is not null;
-- Makes the partition of a moment's month if there is none.
create function app_session_month(moment timestamptz) returns void language plpgsql as $$
declare
  month timestamp := date_trunc('month', moment at time zone 'utc');
  name text := 'app_session_ended_' || to_char(month, '"y"YYYY"m"MM');
begin
  if to_regclass(name) is null then
    execute format(
      'create table %I partition of app_session_ended for values from (%L) to (%L)',
      name, month at time zone 'utc', (month + interval '1 month') at time zone 'utc');
  end if;
end $$;
--rollback insert into app_session select * from app_session_ended;
--rollback drop function app_session_month(timestamptz);
--rollback drop table app_session_ended; drop index app_session_over;
