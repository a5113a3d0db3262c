--liquibase formatted sql

--changeset sallyport:workloads-rule
-- conditions is a list of {"claim", "anyOf"} as JSON text; the role is an assignment of the rule's id.
create table workload_rule (
  id text primary key,
  name text not null unique,
  issuer_id text not null references issuer (id),
  audience text not null,
  conditions text not null,
  enabled boolean not null,
  expires_at timestamptz,
  revision bigint not null default 0,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  last_used_at timestamptz
);
create index workload_rule_issuer on workload_rule (issuer_id);
create index workload_rule_audience on workload_rule (audience);
--rollback delete from assignment where actor_kind = 'workload' and actor_id like 'wlr_%'; drop table workload_rule;
