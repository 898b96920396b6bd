import type { Id, Presence } from '../api/contract.ts'
import { Announcements } from './announcements.ts'
import { backoffMs } from './backoff.ts'
import { FrameQueue } from './frame-queue.ts'
import {
  type ClientFrame,
  closeCodes,
  isLogFrame,
  type LogFrame,
  type Position,
  parseFrame,
  type ResyncReason,
  type ServerFrame,
  type SitesFrame,
} from './frames.ts'
import type { ConnectionStatus } from './status.ts'
import { browserSurroundings, type Surroundings } from './surroundings.ts'
import { Watchdog } from './watchdog.ts'

export interface ConnectionListener {
  /** The position to go on from. */
  position(): Position
  /** Frames of the log, in order. */
  onFrames(frames: LogFrame[]): void
  /** What came could not be taken in: `onResync` follows. */
  onFault(cause: unknown): void
  /** Fetch everything afresh; afterwards `position()` is that of the answer. May fail: it is tried again. */
  onResync(reason: ResyncReason): Promise<void>
  onTyping(conversation: Id, person: Id): void
  onPresence(people: Record<Id, Presence>): void
  onSites(sites: SitesFrame): void
  onStatus(status: ConnectionStatus): void
  /** The session was ended: there is no way back without signing in. */
  onSessionEnded(): void
  /** The server would not even open; the session may have ended meanwhile. */
  onRefused(): void
}

/** Without a fault for this long, the next one is mended at once. */
const calmMs = 5 * 60_000

/**
 * The one WebSocket of this tab: starts at the position held, comes back by itself after every loss and goes on from
 * where it was, so that sleep, lost Wi-Fi and a restarted server are all the same thing.
 */
export class Connection {
  readonly announce: Announcements
  private socket: WebSocket | null = null
  private hasOpened = false
  private isResyncing = false
  private attempt = 0
  private retry: ReturnType<typeof setTimeout> | undefined
  private stopListening: (() => void) | null = null
  private faults = 0
  private faultAt = 0
  private status: ConnectionStatus = { phase: 'idle', since: Date.now() }
  private readonly watchdog = new Watchdog(
    () => this.send({ t: 'ping' }),
    since => this.lose(since),
  )
  private readonly queue: FrameQueue
  private readonly listener: ConnectionListener
  private readonly surroundings: Surroundings

  constructor(listener: ConnectionListener, surroundings: Surroundings = browserSurroundings) {
    this.listener = listener
    this.surroundings = surroundings
    this.announce = new Announcements(frame => this.send(frame))
    this.queue = new FrameQueue(frames => this.deliver(frames))
  }

  open(): void {
    this.stopListening ??= this.surroundings.onChange(change => this.onChange(change))
    this.setPhase(this.surroundings.isOnline() ? 'connecting' : 'offline')
    this.connect()
  }

  /** Close for good. */
  close(): void {
    this.stopListening?.()
    this.stopListening = null
    clearTimeout(this.retry)
    this.queue.flush()
    clearTimeout(this.retry)
    this.drop()
  }

  private connect(): void {
    clearTimeout(this.retry)
    this.drop()
    const socket = this.surroundings.createSocket()
    this.socket = socket
    this.hasOpened = false
    this.isResyncing = false
    this.queue.clear()
    socket.onopen = () => this.socket === socket && this.onOpen()
    socket.onmessage = message => this.socket === socket && this.onText(message.data)
    socket.onclose = event => this.socket === socket && this.onClose(event.code)
    this.watchdog.heard()
  }

  private onOpen(): void {
    this.hasOpened = true
    this.watchdog.heard()
    this.queue.flush()
    this.send({ t: 'start', ...this.listener.position() })
    this.announce.repeat()
  }

  private onText(text: unknown): void {
    this.watchdog.heard()
    const frame = this.parsed(text)
    if (frame) this.onMessage(frame)
  }

  private parsed(text: unknown): ServerFrame | null {
    try {
      return parseFrame(text)
    } catch (cause) {
      this.mend(cause)
      return null
    }
  }

  private onMessage(frame: ServerFrame): void {
    if (isLogFrame(frame)) this.onLogFrame(frame)
    else if (frame.t === 'typing') this.listener.onTyping(frame.conversation, frame.person)
    else if (frame.t === 'presence') this.listener.onPresence(frame.people)
    else if (frame.t === 'sites') this.listener.onSites(frame)
    else if (frame.t === 'resync') void this.resync(frame.reason, 0)
    else if (frame.t === 'error') console.warn(`The server refused a frame: ${frame.code}. ${frame.hint}`)
  }

  private onLogFrame(frame: LogFrame): void {
    if (this.isResyncing) return
    this.queue.push(frame, this.status.phase === 'live')
    if (frame.t !== 'ready') return
    this.queue.flush()
    if (this.isResyncing) return
    this.attempt = 0
    this.setPhase('live')
  }

  private deliver(frames: LogFrame[]): void {
    try {
      this.listener.onFrames(frames)
    } catch (cause) {
      this.mend(cause)
    }
  }

  /**
   * Frames could not be taken in. To go on would leave a hole for ever, to take them again would fail again: everything is
   * fetched afresh, at longer and longer intervals while that keeps happening, and what comes meanwhile is in the answer.
   */
  private mend(cause: unknown): void {
    this.listener.onFault(cause)
    if (this.isResyncing) return
    const now = Date.now()
    this.faults = now - this.faultAt < calmMs ? this.faults + 1 : 0
    this.faultAt = now
    this.isResyncing = true
    this.queue.clear()
    const { socket } = this
    const begin = () => this.socket === socket && void this.resync('not_taken_in', 0)
    clearTimeout(this.retry)
    if (this.faults === 0) begin()
    else this.retry = setTimeout(begin, this.delayMs(this.faults))
  }

  /** Fetch afresh and start again on this socket, however often the fetch has to be tried. */
  private async resync(reason: ResyncReason, attempt: number): Promise<void> {
    const { socket } = this
    this.queue.flush()
    this.isResyncing = true
    const done = await this.listener.onResync(reason).then(
      () => true,
      () => false,
    )
    if (this.socket !== socket) return
    if (!done) {
      const again = () => this.socket === socket && void this.resync(reason, attempt + 1)
      this.retry = setTimeout(again, this.delayMs(attempt))
      return
    }
    // On a socket that is live nothing starts again: a new one does.
    if (reason === 'not_taken_in') this.connect()
    else this.startAgain()
  }

  private startAgain(): void {
    this.isResyncing = false
    this.send({ t: 'start', ...this.listener.position() })
  }

  private onClose(code: number): void {
    if (code === closeCodes.sessionEnded) {
      this.close()
      this.listener.onSessionEnded()
      return
    }
    if (code === closeCodes.badFrames) this.attempt = Math.max(this.attempt, 5)
    this.lose()
  }

  /** The connection is gone, since then: try again after a while. */
  private lose(since = Date.now()): void {
    const refused = !this.hasOpened
    this.drop()
    this.queue.flush()
    this.setPhase(this.lostPhase(), since)
    clearTimeout(this.retry)
    this.retry = setTimeout(() => this.connect(), this.delayMs(this.attempt))
    this.attempt += 1
    if (refused) this.listener.onRefused()
  }

  private onChange(change: 'online' | 'offline' | 'visible'): void {
    if (this.socket && this.hasOpened) this.watchdog.check()
    else if (change !== 'offline') this.retryNow()
    if (change !== 'visible' && this.status.phase !== 'live') this.setPhase(this.lostPhase())
  }

  private retryNow(): void {
    this.attempt = 0
    this.connect()
  }

  private lostPhase(): ConnectionStatus['phase'] {
    if (!this.surroundings.isOnline()) return 'offline'
    return this.status.phase === 'connecting' ? 'connecting' : 'reconnecting'
  }

  private setPhase(phase: ConnectionStatus['phase'], since = Date.now()): void {
    if (phase === this.status.phase) return
    const isChange = ['idle', 'live'].includes(this.status.phase) || phase === 'live'
    this.status = { phase, since: isChange ? since : this.status.since }
    this.listener.onStatus(this.status)
  }

  private delayMs(attempt: number): number {
    return backoffMs(attempt, this.surroundings.random)
  }

  private send(frame: ClientFrame): void {
    if (this.socket && this.hasOpened) this.socket.send(JSON.stringify(frame))
  }

  private drop(): void {
    this.watchdog.stop()
    const { socket } = this
    this.socket = null
    this.hasOpened = false
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
  }
}
