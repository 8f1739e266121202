import { startChild } from '@/bench/child'
import { startTestPostgres } from '@/server/db/testing/postgres'
export async function measure(args: string[]) {
  const pg = await startTestPostgres()
  const load = await startChild<any, any>('load')
  try {
    const trivial = await startChild<'port', number>('trivial')
    const port = await trivial.ask('port')
    const v = { host: '127.0.0.1', path: '/x', headers: {authorization:'Bearer x'}, body: JSON.stringify({input:{topic:'tea'},wait:30}), expect: {status:200,text:'"completed"'} }
    for (const c of [1,64]) console.log('trivial', c, await load.ask({ ...v, port, connections: c, seconds: 2 }))
    await trivial.stop()
    for (const lanes of [1,2,3,4]) {
      const bare = await startChild<'port', number>('bare', { url: pg.url, lanes })
      const p = await bare.ask('port')
      await load.ask({ ...v, port: p, connections: 64, seconds: 1.5 })
      for (const c of [1,16,64]) { const r = await load.ask({ ...v, port: p, connections: c, seconds: 2.5 }); console.log('bare lanes', lanes, 'c', c, Math.round(r.perSecond), r.p50.toFixed(2), r.p95.toFixed(2), r.firstWrong) }
      await bare.stop()
    }
  } finally { await load.stop(); await pg.remove() }
  return 0
}
