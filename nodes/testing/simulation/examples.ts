import type { Graph } from '@/engine/graph/schema'
import type { Faults } from './world'

type Example = [graph: Graph, chance: number, faults: Faults]

/** Shrunk counterexamples of faults that once were there. They are tried before anything else. */
export const examples: Example[] = [
  // A map whose items were closed from outside never became quiet.
  [
    {
      baton: 1,
      name: 'Simulated',
      nodes: [
        { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } },
        {
          id: 'n1',
          kind: 'map',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { items: '[0,1]', concurrency: 3, onItemError: 'fail' },
        },
        {
          id: 'n2',
          kind: 'agent',
          parent: 'n1',
          retry: { max: 0, delayMs: 100, backoff: 'fixed' },
          config: { instructions: 'steps=2 fails=99 odd', prompt: 'do' },
        },
        {
          id: 'n3',
          kind: 'agent',
          parent: 'n1',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { instructions: 'steps=0 fails=0', prompt: 'do' },
        },
        { id: 'n4', kind: 'output', config: {}, parent: 'n1' },
        {
          id: 'n5',
          kind: 'transform',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { template: 'seen' },
        },
        { id: 'n6', kind: 'output', config: {} },
      ],
      edges: [
        { source: 'n2', target: 'n4' },
        { source: 'n3', target: 'n4' },
        { source: 'start', target: 'n6' },
        { source: 'n1', target: 'n6' },
        { source: 'n5', target: 'n6' },
      ],
    },
    1212425051,
    { crashes: 0.9, zombies: 0, persons: 0, cancels: 0, retries: 0, silent: false, mostDeaths: 0 },
  ],
  // A box inside a failing one answered as if it had been done.
  [
    {
      baton: 1,
      name: 'Simulated',
      nodes: [
        { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } },
        {
          id: 'n1',
          kind: 'team',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { mode: 'sequence', goal: 'win' },
        },
        {
          id: 'n2',
          kind: 'agent',
          parent: 'n1',
          onError: 'branch',
          retry: { max: 2, delayMs: 50, backoff: 'exponential' },
          config: { instructions: 'steps=0 fails=0', prompt: 'do' },
        },
        {
          id: 'n3',
          kind: 'agent',
          parent: 'n1',
          retry: { max: 0, delayMs: 150, backoff: 'exponential' },
          config: { instructions: 'steps=1 fails=2', prompt: 'do' },
        },
        {
          id: 'n4',
          kind: 'agent',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { instructions: 'steps=0 fails=0', prompt: 'do' },
        },
        { id: 'n5', kind: 'output', config: {} },
      ],
      edges: [
        { source: 'start', target: 'n5' },
        { source: 'n1', target: 'n5' },
        { source: 'n4', target: 'n5' },
      ],
    },
    0,
    { crashes: 0, zombies: 0, persons: 0, cancels: 0, retries: 0, silent: false, mostDeaths: 0 },
  ],
  // A failure was forgotten when another worker took over.
  [
    {
      baton: 1,
      name: 'Simulated',
      nodes: [
        { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } },
        {
          id: 'n1',
          kind: 'team',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { mode: 'sequence', goal: 'win' },
        },
        {
          id: 'n2',
          kind: 'agent',
          parent: 'n1',
          onError: 'branch',
          retry: { max: 2, delayMs: 50, backoff: 'exponential' },
          config: { instructions: 'steps=0 fails=0', prompt: 'do' },
        },
        {
          id: 'n3',
          kind: 'agent',
          parent: 'n1',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { instructions: 'steps=1 fails=2', prompt: 'do' },
        },
        {
          id: 'n4',
          kind: 'agent',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { instructions: 'steps=0 fails=0', prompt: 'do' },
        },
        { id: 'n5', kind: 'output', config: {} },
      ],
      edges: [
        { source: 'start', target: 'n5' },
        { source: 'n1', target: 'n5' },
        { source: 'n4', target: 'n5' },
      ],
    },
    0,
    { crashes: 0, zombies: 0, persons: 0, cancels: 0, retries: 0, silent: false, mostDeaths: 0 },
  ],
  // A map went on opening items in a run that was failing.
  [
    {
      baton: 1,
      name: 'Simulated',
      nodes: [
        { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } },
        {
          id: 'n1',
          kind: 'map',
          retry: { max: 0, delayMs: 200, backoff: 'fixed' },
          config: { items: '[0,1,2]', concurrency: 1, onItemError: 'fail' },
        },
        {
          id: 'n2',
          kind: 'map',
          parent: 'n1',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { items: '[0]', concurrency: 2, onItemError: 'fail' },
        },
        {
          id: 'n3',
          kind: 'agent',
          parent: 'n2',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { instructions: 'steps=1 fails=0', prompt: 'do' },
        },
        { id: 'n4', kind: 'output', config: {}, parent: 'n2' },
        { id: 'n5', kind: 'output', config: {}, parent: 'n1' },
        {
          id: 'n6',
          kind: 'loop',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { until: 'iteration >= 0', maxIterations: 1, onLimit: 'continue' },
        },
        {
          id: 'n7',
          kind: 'agent',
          parent: 'n6',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { instructions: 'steps=1 fails=2', prompt: 'do' },
        },
        { id: 'n8', kind: 'output', config: {}, parent: 'n6' },
        {
          id: 'n9',
          kind: 'agent',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { instructions: 'steps=0 fails=0', prompt: 'do' },
        },
        { id: 'n10', kind: 'output', config: {} },
      ],
      edges: [
        { source: 'n3', target: 'n4' },
        { source: 'n2', target: 'n5' },
        { source: 'n7', target: 'n8' },
        { source: 'start', target: 'n10' },
        { source: 'n1', target: 'n10' },
        { source: 'n6', target: 'n10' },
        { source: 'n9', target: 'n10' },
      ],
    },
    0,
    { crashes: 0.9, zombies: 0, persons: 0, cancels: 0, retries: 0, silent: false, mostDeaths: 0 },
  ],
  // Whether a box is tried again depended on whose words for the failure were looked at.
  [
    {
      baton: 1,
      name: 'Simulated',
      nodes: [
        { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } },
        {
          id: 'n1',
          kind: 'loop',
          retry: { max: 1, delayMs: 50, backoff: 'exponential' },
          config: { until: 'iteration >= 0', maxIterations: 1, onLimit: 'continue' },
        },
        {
          id: 'n2',
          kind: 'map',
          parent: 'n1',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { items: '[0]', concurrency: 2, onItemError: 'fail' },
        },
        {
          id: 'n3',
          kind: 'loop',
          parent: 'n2',
          retry: { max: 0, delayMs: 100, backoff: 'fixed' },
          config: { until: 'iteration >= 1', maxIterations: 1, onLimit: 'fail' },
        },
        { id: 'n4', kind: 'output', config: {}, parent: 'n3' },
        { id: 'n5', kind: 'output', config: {}, parent: 'n2' },
        { id: 'n6', kind: 'output', config: {}, parent: 'n1' },
        {
          id: 'n7',
          kind: 'agent',
          retry: { max: 0, delayMs: 50, backoff: 'exponential' },
          config: { instructions: 'steps=0 fails=0', prompt: 'do' },
        },
        { id: 'n8', kind: 'output', config: {} },
      ],
      edges: [
        { source: 'n3', target: 'n5' },
        { source: 'n2', target: 'n6' },
        { source: 'start', target: 'n8' },
        { source: 'n1', target: 'n8' },
        { source: 'n7', target: 'n8' },
      ],
    },
    0,
    { crashes: 0, zombies: 0, persons: 0, cancels: 0, retries: 0, silent: false, mostDeaths: 0 },
  ],
]
