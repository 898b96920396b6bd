/** Held by the tabs of this browser that have the focus, so that the others know. */
const focused = 'bilin.focused'
/** Two tabs that are told of one message do not call twice. */
const sameMs = 5_000

/** Lets the other tabs know while this one has the focus. */
export function followFocus(): void {
  let release: (() => void) | undefined
  const look = () => {
    if (!document.hasFocus()) {
      release?.()
      release = undefined
    } else if (!release) {
      const held = new Promise<void>(resolve => {
        release = resolve
      })
      void navigator.locks?.request(focused, { mode: 'shared' }, () => held)
    }
  }
  for (const change of ['focus', 'blur']) window.addEventListener(change, look)
  look()
}

/** Whether somebody looks at a tab of this browser. */
export async function isLookedAt(): Promise<boolean> {
  if (document.hasFocus()) return true
  const locks = await navigator.locks?.query()
  return locks?.held?.some(({ name }) => name === focused) ?? false
}

/** Does something in one of the tabs that want to. */
export function inOneTab(what: string, work: () => Promise<void>): void {
  void navigator.locks?.request(`bilin.${what}`, { ifAvailable: true }, async lock => {
    if (!lock) return
    await work()
    await new Promise(resolve => setTimeout(resolve, sameMs))
  })
}
