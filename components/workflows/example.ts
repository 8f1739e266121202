import type { Graph } from '@/engine/graph/schema'

/** Runs on any model, the simulated one included: a small team, three things at once, and a person who decides. */
export const example: Graph = {
  baton: 1,
  name: 'Brief writer',
  description:
    'A team researches a topic, three angles are written at once, an editor joins them, and a person decides.',
  template: { category: 'content', sampleInput: { topic: 'tea' } },
  nodes: [
    {
      id: 'start',
      kind: 'input',
      name: 'Topic',
      config: { fields: [{ name: 'topic', type: 'text', label: 'What is the brief about?', required: true }] },
      position: { x: 0, y: 120 },
    },
    {
      id: 'crew',
      kind: 'team',
      name: 'Research team',
      config: {
        mode: 'supervisor',
        goal: 'Find out what matters about {{ start.topic }}.',
        lead: 'lead',
        maxRounds: 3,
      },
      position: { x: 280, y: 0 },
      size: { width: 520, height: 300 },
    },
    {
      id: 'lead',
      kind: 'agent',
      name: 'Lead',
      parent: 'crew',
      config: { model: 'default', instructions: 'You lead a small research team. Hand out work, then sum up.' },
      position: { x: 140, y: 40 },
    },
    {
      id: 'reader',
      kind: 'agent',
      name: 'Reader',
      parent: 'crew',
      config: { model: 'default', instructions: 'You collect facts and name where they come from.' },
      position: { x: 20, y: 180 },
    },
    {
      id: 'critic',
      kind: 'agent',
      name: 'Critic',
      parent: 'crew',
      config: { model: 'default', instructions: 'You look for what is missing or doubtful.' },
      position: { x: 280, y: 180 },
    },
    {
      id: 'angles',
      kind: 'map',
      name: 'Three angles',
      config: { items: '["history", "today", "what comes next"]', concurrency: 3 },
      position: { x: 860, y: 40 },
      size: { width: 300, height: 220 },
    },
    {
      id: 'angle',
      kind: 'agent',
      name: 'Angle writer',
      parent: 'angles',
      config: {
        model: 'default',
        instructions: 'You write one short paragraph.',
        prompt: 'Write about {{ start.topic }} from this angle: {{ item }}.\n\nWhat the team found:\n{{ crew.text }}',
      },
      position: { x: 30, y: 80 },
    },
    {
      id: 'editor',
      kind: 'agent',
      name: 'Editor',
      config: {
        model: 'default',
        instructions: 'You join paragraphs into a brief of at most 200 words.',
        prompt: 'Join these into one brief about {{ start.topic }}:\n{{ angles }}',
      },
      position: { x: 1220, y: 120 },
    },
    {
      id: 'gate',
      kind: 'approval',
      name: 'Approve',
      config: { title: 'Publish the brief about {{ start.topic }}?', message: '{{ editor.text }}' },
      position: { x: 1500, y: 120 },
    },
    {
      id: 'done',
      kind: 'output',
      name: 'Brief',
      config: { value: '{{ editor.text }}' },
      position: { x: 1780, y: 120 },
    },
  ],
  edges: [
    { source: 'start', target: 'crew' },
    { source: 'crew', target: 'angles' },
    { source: 'angles', target: 'editor' },
    { source: 'editor', target: 'gate' },
    { source: 'gate', sourcePort: 'approved', target: 'done' },
  ],
}
