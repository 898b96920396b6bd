const askAfterMs = 25_000
const deadAfterMs = 45_000
const answerWithinMs = 5_000

/**
 * Notices a connection that died without a word: asks after 25 s of silence, gives up after 45 s. `giveUp` is told since when
 * there was no answer.
 */
export class Watchdog {
  private quiet: ReturnType<typeof setTimeout> | undefined
  private dead: ReturnType<typeof setTimeout> | undefined
  private heardAt = 0
  private askedAt: number | null = null
  private readonly sendPing: () => void
  private readonly giveUp: (since: number) => void

  constructor(sendPing: () => void, giveUp: (since: number) => void) {
    this.sendPing = sendPing
    this.giveUp = giveUp
  }

  /** Something came from the server. */
  heard(): void {
    this.stop()
    this.heardAt = Date.now()
    this.quiet = setTimeout(() => this.ask(), askAfterMs)
    this.dead = setTimeout(() => this.die(), deadAfterMs)
  }

  /** The machine woke or the network changed: find out soon whether the connection still lives. */
  check(): void {
    clearTimeout(this.dead)
    const silentMs = Date.now() - this.heardAt
    this.dead = setTimeout(() => this.die(), silentMs >= deadAfterMs ? 0 : answerWithinMs)
    this.ask()
  }

  stop(): void {
    clearTimeout(this.quiet)
    clearTimeout(this.dead)
    this.askedAt = null
  }

  private ask(): void {
    this.askedAt ??= Date.now()
    this.sendPing()
  }

  private die(): void {
    this.giveUp(this.askedAt ?? Date.now())
  }
}
