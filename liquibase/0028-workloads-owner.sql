--liquibase formatted sql

--changeset sallyport:workloads-rule-owner
-- The person who answers for a rule and whose permissions cap it; nobody where a key of nobody wrote it.
alter table workload_rule add column owner_id text;
update workload_rule w set owner_id = w.created_by
  where exists (select 1 from app_user u where u.id = w.created_by);
update workload_rule w set owner_id = k.owner_id
  from api_key k where k.id = w.created_by and w.owner_id is null;
create index workload_rule_owner on workload_rule (owner_id) where owner_id is not null;
--rollback alter table workload_rule drop column owner_id;
