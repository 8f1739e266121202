import { formatPlace } from '@/engine/graph/check-json'
import { keysAt, schemaOf } from '@/engine/graph/config-schema'
import { describeIssues, type IssueContext, type Place } from '@/engine/graph/issues'
import type { JsonObject } from '@/engine/json'
import type { KindSpec } from '@/engine/kind/spec'
import type { Problem } from '@/engine/plan/plan'

type Options = Pick<IssueContext, 'at' | 'wanted' | 'nameOf'>

/** What is wrong with the config of a node, each with its dotted field. */
export function configProblems(spec: KindSpec, config: JsonObject, options: Options): Problem[] {
  const parsed = spec.config.safeParse(config)
  if (parsed.success) return []
  const known = (place: Place) => keysAt(schemaOf(spec.config), place)
  const prefix = formatPlace(options.at).length
  return describeIssues(parsed.error.issues, { ...options, value: config, keysAt: known }).map((problem) => {
    const field = dotted((problem.path ?? '').slice(prefix))
    return field === '' ? problem : { ...problem, field }
  })
}

/** `.routes[0].when` as `routes.0.when`. */
const dotted = (path: string): string => path.replaceAll(/\["?([^"\]]*)"?\]/g, '.$1').replace(/^\./, '')
