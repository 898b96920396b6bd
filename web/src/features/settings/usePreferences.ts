import type { ChangePreferences, Preferences } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { changePreferences, usePreference } from '@/core/session'
import { toasts } from '@/ui'

/** My preferences as chosen here, though the server may not have confirmed them yet. */
export function usePreferences(): Preferences {
  return {
    locale: usePreference('locale'),
    theme: usePreference('theme'),
    send_key: usePreference('send_key'),
    density: usePreference('density'),
    text_scale: usePreference('text_scale'),
    notify: usePreference('notify'),
    notify_sound: usePreference('notify_sound'),
    quiet_until: usePreference('quiet_until'),
  }
}

/** Changes some of my preferences: seen at once, and taken back with a word if the server refuses. */
export function usePreferenceChange(): (change: ChangePreferences) => void {
  const text = useProblemText()
  return change => {
    changePreferences(change).catch((error: unknown) => toasts.show({ tone: 'danger', title: text(error) }))
  }
}
