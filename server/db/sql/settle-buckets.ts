/**
 * $1 scopes, $2 subjects, $3 seconds: adds what a process has let through meanwhile, and tells how far from full each
 * bucket is now, with what others let through. In one order everywhere, so that two processes can't wait for each other.
 */
export const settleBucketsSql = `
insert into rate_limit as held (scope, subject, full_at)
select used.scope, used.subject, now() + used.seconds * interval '1 second'
from unnest($1::text[], $2::text[], $3::float8[]) as used(scope, subject, seconds)
order by used.scope, used.subject
on conflict (scope, subject) do update
  set full_at = greatest(held.full_at, now()) + (excluded.full_at - now())
returning held.scope, held.subject, extract(epoch from held.full_at - now())::float8 as seconds`
