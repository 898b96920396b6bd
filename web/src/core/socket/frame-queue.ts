import type { LogFrame } from './frames.ts'

const liveMs = 16
const catchUpMs = 50
const catchUpFrames = 1_000

/**
 * Gathers frames so that many of them are one change of the screen: the first goes through at once, those within the
 * same picture (16 ms) together, and while a gap is caught up more of them.
 */
export class FrameQueue {
  private frames: LogFrame[] = []
  private timer: ReturnType<typeof setTimeout> | undefined
  private flushedAt = 0
  private readonly deliver: (frames: LogFrame[]) => void

  constructor(deliver: (frames: LogFrame[]) => void) {
    this.deliver = deliver
  }

  push(frame: LogFrame, isLive: boolean): void {
    this.frames.push(frame)
    const waitMs = isLive ? this.flushedAt + liveMs - Date.now() : catchUpMs
    if (waitMs <= 0 || this.frames.length >= catchUpFrames) this.flush()
    else this.timer ??= setTimeout(() => this.flush(), waitMs)
  }

  /** Forget what has gathered: it will be fetched. */
  clear(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.frames = []
  }

  /** Deliver what has gathered, now. */
  flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const frames = this.frames
    this.frames = []
    this.flushedAt = Date.now()
    if (frames.length > 0) this.deliver(frames)
  }
}
