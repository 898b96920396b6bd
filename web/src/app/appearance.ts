import { applyDensity, applyTextScale, applyTheme, type Density, type Theme } from '@/ui'
import { remember, remembered } from '@/ui/device-memory'

export interface Appearance {
  theme: Theme
  density: Density
  /** percent */
  text_scale: number
}

const stored = 'bilin.appearance'
const initial: Appearance = { theme: 'system', density: 'comfortable', text_scale: 100 }

/** Before the preferences are known: as this device looked last, so that the page does not change colour. */
export function applyStoredAppearance(): void {
  applyAppearance(lastAppearance())
}

/** Paints the page, and remembers how for the next start. */
export function applyAppearance({ theme, density, text_scale }: Appearance): void {
  stopFollowing()
  stopFollowing = applyTheme(theme)
  applyDensity(density)
  applyTextScale(text_scale)
  remember(stored, JSON.stringify({ theme, density, text_scale }))
}

let stopFollowing = () => {}

function lastAppearance(): Appearance {
  try {
    return { ...initial, ...(JSON.parse(remembered(stored) ?? '{}') as Partial<Appearance>) }
  } catch {
    return initial
  }
}
