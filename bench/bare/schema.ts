/** The least that holds what Baton holds of a run: the run, every node's output, the final state. */
export const bareSchema = `
create table if not exists bare_run (
  id uuid primary key,
  input text not null,
  status text not null,
  created_at float8 not null,
  finished_at float8,
  output text
);
create table if not exists bare_output (
  run_id uuid not null,
  seq int not null,
  node text not null,
  at float8 not null,
  output text not null,
  primary key (run_id, seq)
)`

/**
 * One statement and one commit for the runs that begin and those that end at this moment. A run takes part twice: once
 * before its first node, once with every output and its end.
 */
export const shareCommit = `
with begun as (
  insert into bare_run (id, input, status, created_at)
  select id, input, 'running', created_at from unnest($1::uuid[], $2::text[], $3::float8[]) as b(id, input, created_at)
), outputs as (
  insert into bare_output (run_id, seq, node, at, output)
  select run_id, seq, node, at, output
  from unnest($4::uuid[], $5::int[], $6::text[], $7::float8[], $8::text[]) as o(run_id, seq, node, at, output)
)
update bare_run set status = 'completed', finished_at = e.finished_at, output = e.output
from unnest($9::uuid[], $10::float8[], $11::text[]) as e(id, finished_at, output)
where bare_run.id = e.id`
