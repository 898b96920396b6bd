const askAfterMs = 25_000
const deadAfterMs = 45_000
const answerWithinMs = 5_000

/** Notices a connection that died without a word: asks after 25 s of silence, gives up after 45 s. */
export class Watchdog {
  private quiet: ReturnType<typeof setTimeout> | undefined
  private dead: ReturnType<typeof setTimeout> | undefined
  private heardAt = 0
  private readonly ask: () => void
  private readonly giveUp: () => void

  constructor(ask: () => void, giveUp: () => void) {
    this.ask = ask
    this.giveUp = giveUp
  }

  /** Something came from the server. */
  heard(): void {
    this.stop()
    this.heardAt = Date.now()
    this.quiet = setTimeout(this.ask, askAfterMs)
    this.dead = setTimeout(this.giveUp, deadAfterMs)
  }

  /** The machine woke or the network changed: find out soon whether the connection still lives. */
  check(): void {
    clearTimeout(this.dead)
    const silentMs = Date.now() - this.heardAt
    this.dead = setTimeout(this.giveUp, silentMs >= deadAfterMs ? 0 : answerWithinMs)
    this.ask()
  }

  stop(): void {
    clearTimeout(this.quiet)
    clearTimeout(this.dead)
  }
}
