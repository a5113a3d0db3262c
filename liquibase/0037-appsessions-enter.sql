--liquibase formatted sql

--changeset sallyport:appsessions-enter splitStatements:false
-- What opening must know, in one trip. plpgsql and volatile on purpose: each statement in it sees
-- what is committed when it begins, so that the reads lie behind the locks.
create function app_session_enter(
  caller text, app text, iss text, sub text, cli text, sess text, acting text,
  signed_in timestamptz)
returns table (is_blocked boolean, live_id text, first_opening timestamptz)
language plpgsql volatile as $$
begin
  -- Openings share the first lock with each other; a bulk revocation takes it alone.
  perform pg_advisory_xact_lock_shared(7255592);
  perform pg_advisory_xact_lock(hashtextextended(caller, 0));
  -- With the blocked sid: always. Without one: when the sign-in, or else the token's issue, is not
  -- after the revocation.
  is_blocked := exists (
    select 1 from block b
    where b.issuer = iss
      and (b.subject = sub
        or (b.subject is null and b.sid is null) or (b.subject is null and b.sid = sess))
      and (b.until is null or b.until > clock_timestamp())
      and (b.client is null and not b.no_client or b.client is not distinct from cli)
      and (b.app_id is null or b.app_id = app)
      and (b.sid = sess or (b.sid is null and (not b.no_sid or sess is null)
        and (b.cutoff is null or b.cutoff >= signed_in))));
  if sess is null then
    live_id := (
      select s.id from app_session s
      where s.ended_at is null and s.app_id = app and s.issuer = iss and s.subject = sub
        and s.sid is null
        and s.client is not distinct from cli and s.act is not distinct from acting);
  else
    -- Apart, because an index can look for a value and not for "equal or both absent".
    live_id := (
      select s.id from app_session s
      where s.ended_at is null and s.app_id = app and s.issuer = iss and s.subject = sub
        and s.sid = sess
        and s.client is not distinct from cli and s.act is not distinct from acting);
    first_opening := (
      select min(s.basis_at) from app_session s
      where s.issuer = iss and s.subject = sub and s.sid = sess);
    if first_opening is null then
      first_opening := (
        select min(s.basis_at) from app_session_ended s
        where s.issuer = iss and s.subject = sub and s.sid = sess);
    end if;
  end if;
  return next;
end $$;
--rollback drop function app_session_enter(text, text, text, text, text, text, text, timestamptz);
