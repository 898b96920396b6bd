/** For tests: a server's end of a WebSocket, and a browser whose network and page can be changed. */
import type { ServerFrame } from './frames.ts'
import type { Surroundings } from './surroundings.ts'

export class FakeSocket {
  onopen: (() => void) | null = null
  onmessage: ((message: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly sent: Record<string, unknown>[] = []
  closed = false

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(): void {
    this.closed = true
  }

  /** The server accepts. */
  accept(): void {
    this.onopen?.()
  }

  /** The server says something. */
  say(...frames: (ServerFrame | Record<string, unknown>)[]): void {
    for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) })
  }

  /** The server, or the network, ends it. */
  end(code = 1006): void {
    this.onclose?.({ code })
  }
}

export class FakeBrowser implements Surroundings {
  readonly sockets: FakeSocket[] = []
  online = true
  private readonly listeners = new Set<(change: 'online' | 'offline' | 'visible') => void>()

  get socket(): FakeSocket {
    const last = this.sockets.at(-1)
    if (!last) throw new Error('no socket was opened')
    return last
  }

  createSocket(): WebSocket {
    const socket = new FakeSocket()
    this.sockets.push(socket)
    return socket as unknown as WebSocket
  }

  isOnline(): boolean {
    return this.online
  }

  random(): number {
    return 0.5
  }

  onChange(listener: (change: 'online' | 'offline' | 'visible') => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  change(change: 'online' | 'offline' | 'visible'): void {
    if (change !== 'visible') this.online = change === 'online'
    for (const listener of this.listeners) listener(change)
  }
}
