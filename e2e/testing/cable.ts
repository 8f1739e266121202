import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

export type Cable = {
  origin: string
  /** What is open dies, and what is tried from now on gets no answer, not even later. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** The network between a browser and the server, to be cut where neither of them notices. */
export async function layCable(port: number): Promise<Cable> {
  const ends = new Set<Socket>()
  let isCut = false
  const hold = (socket: Socket) => {
    ends.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => ends.delete(socket))
  }
  const server = createServer((near) => {
    hold(near)
    if (isCut) return
    const far = connect(port, '127.0.0.1')
    hold(far)
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  const drop = () => {
    for (const end of ends) end.destroy()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true
      drop()
    },
    mend: () => {
      isCut = false
    },
    close: () => {
      drop()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
