export type Preset = { id: string; title: string; baseUrl: string; models: string; needsKey: boolean }

/** Where the makers of models and of local servers answer in the OpenAI protocol. */
export const presets: readonly Preset[] = [
  { id: 'ollama', title: 'Ollama', baseUrl: 'http://localhost:11434/v1', models: 'llama3.2', needsKey: false },
  { id: 'openai', title: 'OpenAI', baseUrl: 'https://api.openai.com/v1', models: 'gpt-5, gpt-5-mini', needsKey: true },
  { id: 'lmstudio', title: 'LM Studio', baseUrl: 'http://localhost:1234/v1', models: '', needsKey: false },
  { id: 'vllm', title: 'vLLM', baseUrl: 'http://localhost:8000/v1', models: '', needsKey: false },
  { id: 'openrouter', title: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1', models: '', needsKey: true },
  { id: 'groq', title: 'Groq', baseUrl: 'https://api.groq.com/openai/v1', models: '', needsKey: true },
  { id: 'anthropic', title: 'Anthropic', baseUrl: 'https://api.anthropic.com/v1', models: '', needsKey: true },
  {
    id: 'gemini',
    title: 'Google Gemini',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    models: '',
    needsKey: true,
  },
]

export const otherEndpoint = 'other'

export const presetChoices = [
  ...presets.map(({ id, title }) => ({ value: id, label: title })),
  { value: otherEndpoint, label: 'Another endpoint' },
]

/** Which of them is meant by what stands in the form: somebody may have typed it. */
export const presetAt = (baseUrl: string): Preset | undefined =>
  presets.find((preset) => preset.baseUrl === baseUrl.trim().replace(/\/+$/, ''))
