--liquibase formatted sql

--changeset sallyport:appsessions-token-grounds
-- On what a token was let in: a digest of the rules that decided, and its key's thumbprint. A token
-- that was presented before has none, and has to be presented again.
alter table app_session_token add column rules text;
alter table app_session_token add column key_thumbprint text;
--rollback alter table app_session_token drop column key_thumbprint;
--rollback alter table app_session_token drop column rules;

--changeset sallyport:appsessions-block-of splitStatements:false
-- The blocks about a person's sign-in. With the blocked sid: always. Without one: when the sign-in,
-- or else the token's issue, is not after the revocation; one whose time nobody knows is covered.
-- Plain SQL and stable, so that a query takes it in and its indexes serve.
create function block_of(iss text, sub text, sess text, signed_in timestamptz)
returns setof block language sql stable as $$
  select * from block b
  where b.issuer = iss
    and (b.subject = sub
      or (b.subject is null and b.sid is null) or (b.subject is null and b.sid = sess))
    and (b.until is null or b.until > clock_timestamp())
    and (b.sid = sess or (b.sid is null and (not b.no_sid or sess is null)
      and (b.cutoff is null or signed_in is null or b.cutoff >= signed_in)))
$$;
--rollback drop function block_of(text, text, text, timestamptz);

--changeset sallyport:appsessions-enter-block-of splitStatements:false
-- As before, by the one function about blocks.
create or replace function app_session_enter(
  caller text, app text, iss text, sub text, cli text, sess text, acting text,
  signed_in timestamptz)
returns table (is_blocked boolean, live_id text, first_opening timestamptz)
language plpgsql volatile as $$
begin
  -- Openings share the first lock with each other; a bulk revocation takes it alone.
  perform pg_advisory_xact_lock_shared(7255592);
  perform pg_advisory_xact_lock(hashtextextended(caller, 0));
  is_blocked := exists (
    select 1 from block_of(iss, sub, sess, signed_in) b
    where (b.client is null and not b.no_client or b.client is not distinct from cli)
      and (b.app_id is null or b.app_id = app));
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
--rollback create or replace function app_session_enter(
--rollback   caller text, app text, iss text, sub text, cli text, sess text, acting text,
--rollback   signed_in timestamptz)
--rollback returns table (is_blocked boolean, live_id text, first_opening timestamptz)
--rollback language plpgsql volatile as $$
--rollback begin
--rollback   perform pg_advisory_xact_lock_shared(7255592);
--rollback   perform pg_advisory_xact_lock(hashtextextended(caller, 0));
--rollback   is_blocked := exists (
--rollback     select 1 from block b
--rollback     where b.issuer = iss
--rollback       and (b.subject = sub
--rollback         or (b.subject is null and b.sid is null) or (b.subject is null and b.sid = sess))
--rollback       and (b.until is null or b.until > clock_timestamp())
--rollback       and (b.client is null and not b.no_client or b.client is not distinct from cli)
--rollback       and (b.app_id is null or b.app_id = app)
--rollback       and (b.sid = sess or (b.sid is null and (not b.no_sid or sess is null)
--rollback         and (b.cutoff is null or b.cutoff >= signed_in))));
--rollback   if sess is null then
--rollback     live_id := (
--rollback       select s.id from app_session s
--rollback       where s.ended_at is null and s.app_id = app and s.issuer = iss and s.subject = sub
--rollback         and s.sid is null
--rollback         and s.client is not distinct from cli and s.act is not distinct from acting);
--rollback   else
--rollback     live_id := (
--rollback       select s.id from app_session s
--rollback       where s.ended_at is null and s.app_id = app and s.issuer = iss and s.subject = sub
--rollback         and s.sid = sess
--rollback         and s.client is not distinct from cli and s.act is not distinct from acting);
--rollback     first_opening := (
--rollback       select min(s.basis_at) from app_session s
--rollback       where s.issuer = iss and s.subject = sub and s.sid = sess);
--rollback     if first_opening is null then
--rollback       first_opening := (
--rollback         select min(s.basis_at) from app_session_ended s
--rollback         where s.issuer = iss and s.subject = sub and s.sid = sess);
--rollback     end if;
--rollback   end if;
--rollback   return next;
--rollback end $$;
