const idleMs = 5 * 60_000
const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/** Watches whether the person is at this screen: the page is visible and something was touched in the last 5 minutes. */
export function followActivity(tell: (active: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let checkedAt = 0
  const away = () => tell(false)
  const here = () => {
    if (document.visibilityState !== 'visible') return
    const now = Date.now()
    if (now - checkedAt < 1_000) return
    checkedAt = now
    clearTimeout(timer)
    timer = setTimeout(away, idleMs)
    tell(true)
  }
  const visibility = () => {
    checkedAt = 0
    if (document.visibilityState === 'visible') here()
    else away()
  }
  for (const input of inputs) window.addEventListener(input, here, { passive: true, capture: true })
  document.addEventListener('visibilitychange', visibility)
  visibility()
  return () => {
    clearTimeout(timer)
    for (const input of inputs) window.removeEventListener(input, here, { capture: true })
    document.removeEventListener('visibilitychange', visibility)
  }
}
