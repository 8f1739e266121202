/**
 * Appends to many logs at once. One round trip and one commit, however many runs take part.
 *
 * A run's row is the fence: it moves on only if epoch and next_seq are what the driver last knew, and a run that is
 * missing from the answer belongs to somebody else by now. New runs bring their row along.
 */
export const appendSql = `
with want as (
  select * from unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::text[], $6::float8[], $7::float8[], $8::float8[], $9::text[], $10::bool[],
    $48::float8[], $49::uuid[])
    as w(id, epoch, first, next, status, wake_at, started_at, finished_at, summary, release, asked_at, cause)
), moved as (
  update run set
    next_seq = w.next,
    status = w.status,
    wake_at = to_timestamp(w.wake_at / 1000),
    started_at = coalesce(run.started_at, to_timestamp(w.started_at / 1000)),
    finished_at = to_timestamp(w.finished_at / 1000),
    summary = coalesce(w.summary::jsonb, run.summary),
    asked_at = case when w.summary is null then run.asked_at else to_timestamp(w.asked_at / 1000) end,
    cause = case when w.summary is null then run.cause else w.cause end,
    owner = case when w.release then null else run.owner end,
    handed_over = run.handed_over or w.release
  from want w
  where run.id = w.id and run.epoch = w.epoch and run.next_seq = w.first
  returning run.id
), made as (
  insert into run (id, workspace_id, workflow_id, version, graph_hash, trigger, created_at, created_by,
    idempotency_key, idempotency_hash, parent_run_id, parent_path, depth, cassette,
    epoch, owner, handed_over, next_seq, status, wake_at, started_at, finished_at, summary, asked_at, cause)
  select id, workspace_id, workflow_id, version, graph_hash, trigger, to_timestamp(created_at / 1000), created_by,
    idempotency_key, idempotency_hash, parent_run_id, parent_path, depth, cassette::jsonb,
    epoch, owner, owner is null, next_seq, status, to_timestamp(wake_at / 1000),
    to_timestamp(started_at / 1000), to_timestamp(finished_at / 1000), summary::jsonb,
    to_timestamp(asked_at / 1000), cause
  from unnest($11::uuid[], $12::uuid[], $13::uuid[], $14::int[], $15::text[], $16::text[], $17::float8[], $18::text[],
    $19::text[], $20::text[], $21::uuid[], $22::text[], $23::int[], $24::text[],
    $25::int[], $26::uuid[], $27::int[], $28::text[], $29::float8[], $30::float8[], $31::float8[], $32::text[],
    $50::float8[], $51::uuid[])
    as n(id, workspace_id, workflow_id, version, graph_hash, trigger, created_at, created_by,
    idempotency_key, idempotency_hash, parent_run_id, parent_path, depth, cassette,
    epoch, owner, next_seq, status, wake_at, started_at, finished_at, summary, asked_at, cause)
  on conflict do nothing
  returning id
), ok as (
  select id from moved union all select id from made
), logged as (
  insert into run_event (run_id, seq, event)
  select e.run_id, e.seq, e.event
  from unnest($33::uuid[], $34::int[], $35::text[]) as e(run_id, seq, event)
  where e.run_id in (select id from ok)
), kept as (
  insert into payload (workspace_id, hash, body)
  select p.workspace_id, p.hash, p.body
  from unnest($36::uuid[], $37::text[], $38::text[]) as p(workspace_id, hash, body)
  on conflict do nothing
), taken as (
  update run_command set taken_seq = t.seq
  from unnest($39::bigint[], $40::int[], $41::uuid[]) as t(id, seq, run_id)
  where run_command.id = t.id and t.run_id in (select id from ok)
), sent as (
  insert into run_command (run_id, kind, path, body, by)
  select s.run_id, s.kind, s.path, s.body::jsonb, s.by::jsonb
  from unnest($42::uuid[], $43::text[], $44::text[], $45::text[], $46::text[], $47::uuid[])
    as s(run_id, kind, path, body, by, sender)
  where s.sender in (select id from ok)
)
select id from ok`
