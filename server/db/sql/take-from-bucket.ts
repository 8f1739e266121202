/**
 * $1 scope, $2 subject, $3 what is asked for and $4 the whole bucket, both in seconds that it takes to flow in.
 *
 * The row lock makes it exact: of all that ask together, those that fit get it. Hence `clock_timestamp()`, which is read
 * once the lock is held; the time of the statement may be older than what another one has just written. A row with the
 * answer "no" may be missing when the bucket was made a moment ago: no row at all means no, too. The millisecond is for
 * the rounding of many small times.
 */
export const takeFromBucketSql = `
with taken as (
  insert into rate_limit as held (scope, subject, full_at)
  select $1, $2, clock_timestamp() + $3::float8 * interval '1 second' where $3::float8 <= $4::float8
  on conflict (scope, subject) do update
    set full_at = greatest(held.full_at, clock_timestamp()) + $3::float8 * interval '1 second'
    where greatest(held.full_at, clock_timestamp()) + $3::float8 * interval '1 second'
      <= clock_timestamp() + ($4::float8 + 0.001) * interval '1 second'
  returning held.full_at
)
select true as taken, 0::float8 as wait from taken
union all
select false, greatest(extract(epoch from full_at - now())::float8 + $3::float8 - $4::float8, 0)
from rate_limit where scope = $1 and subject = $2 and not exists (select from taken)`

/** $1 scope, $2 subject, $3 seconds. */
export const giveBackSql = `
update rate_limit set full_at = full_at - $3::float8 * interval '1 second' where scope = $1 and subject = $2`
