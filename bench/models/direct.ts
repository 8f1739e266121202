import { Agent, request } from 'node:http'

const body = JSON.stringify({ model: 'test-model', messages: [{ role: 'user', content: 'Write about tea.' }] })

/** Asks the model server three times in a row, with nothing in between: what no run of three agents can undercut. */
async function askThreeTimes(url: string, agent: Agent): Promise<number> {
  const began = performance.now()
  for (let call = 0; call < 3; call++) await ask(`${url}/chat/completions`, agent)
  return performance.now() - began
}

/** The slowest of `count` who all ask at once. */
export async function askAllAtOnce(url: string, count: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: count })
  try {
    const began = performance.now()
    await Promise.all(Array.from({ length: count }, () => askThreeTimes(url, agent)))
    return performance.now() - began
  } finally {
    agent.destroy()
  }
}

function ask(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', resolve).once('error', reject)
      if (response.statusCode !== 200) reject(new Error(`The model server answered ${response.statusCode}.`))
    })
      .once('error', reject)
      .end(body)
  })
}
