/** What a person may choose; "system" follows the device and changes with it. */
export type Theme = 'system' | 'light' | 'dark'
export type Density = 'comfortable' | 'compact'

const darkDevice = '(prefers-color-scheme: dark)'

/** Paints the page in a theme. Returns a function that stops following the device. */
export function applyTheme(theme: Theme): () => void {
  const query = matchMedia(darkDevice)
  const paint = () => {
    const dark = theme === 'dark' || (theme === 'system' && query.matches)
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  }
  paint()
  if (theme !== 'system') return () => {}
  query.addEventListener('change', paint)
  return () => query.removeEventListener('change', paint)
}

/** Sets the size of all text, in percent from 90 to 130. */
export function applyTextScale(percent: number): void {
  const within = Math.min(130, Math.max(90, percent))
  document.documentElement.style.setProperty('--text-scale', String(within))
}

export function applyDensity(density: Density): void {
  document.documentElement.dataset.density = density
}
