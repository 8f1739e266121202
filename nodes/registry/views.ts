// Made by `node scripts/generate-registry.mjs` from the folders in nodes/. A stale list fails the tests.
import type { KindViews } from '@/components/node-kit/view'
import { agentView } from '@/nodes/agent/view'
import { approvalView } from '@/nodes/approval/view'
import { codeView } from '@/nodes/code/view'
import { conditionView } from '@/nodes/condition/view'
import { gateView } from '@/nodes/gate/view'
import { httpView } from '@/nodes/http/view'
import { inputView } from '@/nodes/input/view'
import { loopView } from '@/nodes/loop/view'
import { mapView } from '@/nodes/map/view'
import { mergeView } from '@/nodes/merge/view'
import { noteView } from '@/nodes/note/view'
import { outputView } from '@/nodes/output/view'
import { routerView } from '@/nodes/router/view'
import { teamView } from '@/nodes/team/view'
import { toolView } from '@/nodes/tool/view'
import { transformView } from '@/nodes/transform/view'
import { waitView } from '@/nodes/wait/view'
import { workflowView } from '@/nodes/workflow/view'

/** How every kind looks, by name. */
export const views: KindViews = {
  agent: agentView,
  approval: approvalView,
  code: codeView,
  condition: conditionView,
  gate: gateView,
  http: httpView,
  input: inputView,
  loop: loopView,
  map: mapView,
  merge: mergeView,
  note: noteView,
  output: outputView,
  router: routerView,
  team: teamView,
  tool: toolView,
  transform: transformView,
  wait: waitView,
  workflow: workflowView,
}
