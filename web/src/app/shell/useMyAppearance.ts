import { useEffect } from 'react'
import { applyAppearance } from '@/app/appearance'
import { activateLocale } from '@/core/i18n'
import { useMyLocale, usePreference } from '@/core/session'

/** Shows everything in the colours, size and language that I chose, whichever device I chose them on. */
export function useMyAppearance(): void {
  const theme = usePreference('theme')
  const density = usePreference('density')
  const textScale = usePreference('text_scale')
  const locale = useMyLocale()
  useEffect(() => applyAppearance({ theme, density, text_scale: textScale }), [theme, density, textScale])
  useEffect(() => void activateLocale(locale), [locale])
}
