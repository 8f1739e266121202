import { type ChildProcess, fork } from 'node:child_process'

/** What each process of the bench is, apart from the one that measures. */
export type Role = 'bare' | 'load' | 'models' | 'watcher' | 'trivial'

export type Child<Ask, Answer> = {
  pid: number
  ask: (question: Ask) => Promise<Answer>
  stop: () => Promise<void>
}

type Message<Answer> = { id: number; answer?: Answer; error?: string }

/** Starts this same program in another role; it answers questions one message each. */
export async function startChild<Ask, Answer>(role: Role, settings: object = {}): Promise<Child<Ask, Answer>> {
  const child = fork(process.argv[1] ?? '', [`--role=${role}`, JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
  let next = 1
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`The ${role} process ended with code ${code}.`))
  })
  child.on('message', ({ id, answer, error }: Message<Answer>) => {
    const asked = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) asked?.resolve(answer as Answer)
    else asked?.reject(new Error(`${role}: ${error}`))
  })
  await ready(child, role)
  return {
    pid: child.pid ?? 0,
    ask: (question) =>
      new Promise((resolve, reject) => {
        const id = next++
        waiting.set(id, { resolve, reject })
        child.send({ id, question })
      }),
    stop: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}

function ready(child: ChildProcess, role: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The ${role} process ended with code ${code} before it was ready.`)))
    child.on('message', (message) => {
      if (message === 'ready') resolve()
    })
  })
}

/** The other side: answers what the measuring process asks. */
export function answerQuestions<Ask, Answer>(answer: (question: Ask) => Promise<Answer> | Answer): void {
  process.on('message', ({ id, question }: { id: number; question: Ask }) => {
    Promise.resolve(question)
      .then(answer)
      .then(
        (value) => process.send?.({ id, answer: value }),
        (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.message : String(error) }),
      )
  })
  // Without its parent nobody needs it.
  process.once('disconnect', () => process.exit(0))
  process.send?.('ready')
}
