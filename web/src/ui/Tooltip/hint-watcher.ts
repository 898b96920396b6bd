export interface Hint {
  target: HTMLElement
  content: string
  shortcut: string | undefined
  side: 'top' | 'bottom' | 'left' | 'right'
}

/** ms of pointing before the first hint; the next ones come at once while one was shown just now. */
const delayMs = 400
const warmMs = 300
const checkMs = 200

/** Watches the page for elements with hints that are pointed at, or reached by keys. */
export class HintWatcher {
  private shown: Hint | null = null
  private wanted: HTMLElement | null = null
  private hiddenAt = Number.NEGATIVE_INFINITY
  private timer: ReturnType<typeof setTimeout> | undefined
  private check: ReturnType<typeof setInterval> | undefined
  private readonly onChange: (hint: Hint | null) => void

  constructor(onChange: (hint: Hint | null) => void) {
    this.onChange = onChange
  }

  /** Returns the way to stop. */
  start(): () => void {
    const stop = new AbortController()
    const passive = { signal: stop.signal, passive: true, capture: true }
    document.addEventListener('pointerover', event => this.point(event), passive)
    document.addEventListener('focusin', event => this.focus(event.target), passive)
    for (const type of ['pointerdown', 'focusout', 'scroll', 'wheel'] as const)
      document.addEventListener(type, () => this.hide(), passive)
    document.addEventListener('keydown', event => event.key === 'Escape' && this.hide(), passive)
    return () => {
      stop.abort()
      this.hide()
    }
  }

  private point(event: PointerEvent): void {
    if (event.pointerType === 'touch') return
    const target = hinted(event.target)
    if (target === this.wanted) return
    this.hide()
    if (!target) return
    this.wanted = target
    const warm = performance.now() - this.hiddenAt < warmMs
    this.timer = setTimeout(() => this.show(target), warm ? 0 : delayMs)
  }

  private focus(focused: EventTarget | null): void {
    const target = hinted(focused)
    if (!target?.matches(':focus-visible')) return
    this.hide()
    this.wanted = target
    this.show(target)
  }

  private show(target: HTMLElement): void {
    const { hint, hintKeys, hintSide } = target.dataset
    // The menu of a button says more than its hint.
    if (!hint || !target.isConnected || target.hasAttribute('data-popup-open')) return
    this.shown = { target, content: hint, shortcut: hintKeys, side: (hintSide as Hint['side'] | undefined) ?? 'top' }
    this.onChange(this.shown)
    this.check = setInterval(() => !target.isConnected && this.hide(), checkMs)
  }

  private hide(): void {
    clearTimeout(this.timer)
    clearInterval(this.check)
    this.wanted = null
    if (!this.shown) return
    this.shown = null
    this.hiddenAt = performance.now()
    this.onChange(null)
  }
}

function hinted(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-hint]') : null
}
