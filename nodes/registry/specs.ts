// Made by `node scripts/generate-registry.mjs` from the folders in nodes/. A stale list fails the tests.
import type { KindSpec, KindSpecs } from '@/engine/kind/spec'
import { agentSpec } from '@/nodes/agent/spec'
import { approvalSpec } from '@/nodes/approval/spec'
import { codeSpec } from '@/nodes/code/spec'
import { conditionSpec } from '@/nodes/condition/spec'
import { gateSpec } from '@/nodes/gate/spec'
import { httpSpec } from '@/nodes/http/spec'
import { inputSpec } from '@/nodes/input/spec'
import { loopSpec } from '@/nodes/loop/spec'
import { mapSpec } from '@/nodes/map/spec'
import { mergeSpec } from '@/nodes/merge/spec'
import { noteSpec } from '@/nodes/note/spec'
import { outputSpec } from '@/nodes/output/spec'
import { routerSpec } from '@/nodes/router/spec'
import { teamSpec } from '@/nodes/team/spec'
import { toolSpec } from '@/nodes/tool/spec'
import { transformSpec } from '@/nodes/transform/spec'
import { waitSpec } from '@/nodes/wait/spec'
import { workflowSpec } from '@/nodes/workflow/spec'

/** Every kind of node, by name. */
export const specs: KindSpecs = {
  agent: agentSpec as KindSpec,
  approval: approvalSpec as KindSpec,
  code: codeSpec as KindSpec,
  condition: conditionSpec as KindSpec,
  gate: gateSpec as KindSpec,
  http: httpSpec as KindSpec,
  input: inputSpec as KindSpec,
  loop: loopSpec as KindSpec,
  map: mapSpec as KindSpec,
  merge: mergeSpec as KindSpec,
  note: noteSpec as KindSpec,
  output: outputSpec as KindSpec,
  router: routerSpec as KindSpec,
  team: teamSpec as KindSpec,
  tool: toolSpec as KindSpec,
  transform: transformSpec as KindSpec,
  wait: waitSpec as KindSpec,
  workflow: workflowSpec as KindSpec,
}
