// Made by `node scripts/generate-registry.mjs` from the folders in nodes/. A stale list fails the tests.
import type { KindRuns } from '@/engine/kind/run'
import { agentRun } from '@/nodes/agent/run'
import { approvalRun } from '@/nodes/approval/run'
import { codeRun } from '@/nodes/code/run'
import { conditionRun } from '@/nodes/condition/run'
import { gateRun } from '@/nodes/gate/run'
import { httpRun } from '@/nodes/http/run'
import { inputRun } from '@/nodes/input/run'
import { loopRun } from '@/nodes/loop/run'
import { mapRun } from '@/nodes/map/run'
import { mergeRun } from '@/nodes/merge/run'
import { outputRun } from '@/nodes/output/run'
import { routerRun } from '@/nodes/router/run'
import { teamRun } from '@/nodes/team/run'
import { toolRun } from '@/nodes/tool/run'
import { transformRun } from '@/nodes/transform/run'
import { waitRun } from '@/nodes/wait/run'
import { workflowRun } from '@/nodes/workflow/run'

/** What every kind does, by name. */
export const runs: KindRuns = {
  agent: agentRun,
  approval: approvalRun,
  code: codeRun,
  condition: conditionRun,
  gate: gateRun,
  http: httpRun,
  input: inputRun,
  loop: loopRun,
  map: mapRun,
  merge: mergeRun,
  output: outputRun,
  router: routerRun,
  team: teamRun,
  tool: toolRun,
  transform: transformRun,
  wait: waitRun,
  workflow: workflowRun,
}
