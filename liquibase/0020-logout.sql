--liquibase formatted sql

--changeset sallyport:logout-consumed-token
-- What makes a logout token work once. The id stands as its hash: issuers write it as long as they
-- like, and an index does not take everything.
create table consumed_logout_token (
  issuer text not null,
  jti_hash bytea not null,
  consumed_at timestamptz not null,
  primary key (issuer, jti_hash)
);
create index consumed_logout_token_age on consumed_logout_token (consumed_at);
--rollback drop table consumed_logout_token;
