--liquibase formatted sql

--changeset sallyport:crypto-key
-- Keys that the server makes for itself. material is Tink ciphertext, bound to table, row and column.
create table key_ring (
  id text primary key,
  purpose text not null,
  material text not null,
  created_at timestamptz not null,
  active_from timestamptz not null,
  retired_at timestamptz
);
create index key_ring_purpose on key_ring (purpose, active_from desc);
--rollback drop table key_ring;
