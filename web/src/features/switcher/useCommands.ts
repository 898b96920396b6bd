import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { askToSignOut, useMe } from '@/core/session'
import { mayAdminister } from '@/features/administration'
import { useAttendedActions } from '@/features/messages'
import { usePreferenceChange } from '@/features/settings'
import type { Command } from './results'

/** What can be done from anywhere, in the reader's language; English words find it as well. */
export function useCommands(): Command[] {
  const { t, i18n } = useLingui()
  const me = useMe()
  const navigate = useNavigate()
  const change = usePreferenceChange()
  const manages = mayAdminister(me)
  const attended = useAttendedActions()
  // biome-ignore lint/correctness/useExhaustiveDependencies: made again for another language or other permissions
  return useMemo(() => {
    const settings = (section: string) => () => void navigate({ to: '/settings/$section', params: { section } })
    const all: (Command | false)[] = [
      { id: 'contacts', label: t`Open contacts`, words: 'contacts', run: () => void navigate({ to: '/contacts' }) },
      { id: 'settings', label: t`Open settings`, words: 'settings', run: settings('profile') },
      { id: 'shortcuts', label: t`Keyboard shortcuts`, words: 'keyboard shortcuts', run: settings('messages') },
      { id: 'password', label: t`Change password`, words: 'password,devices,sessions', run: settings('security') },
      manages && {
        id: 'admin',
        label: t`Open administration`,
        words: 'administration,admin',
        run: () => void navigate({ to: '/administration' }),
      },
      { id: 'light', label: t`Light theme`, words: 'light theme', run: () => change({ theme: 'light' }) },
      { id: 'dark', label: t`Dark theme`, words: 'dark theme', run: () => change({ theme: 'dark' }) },
      { id: 'system', label: t`System theme`, words: 'system theme', run: () => change({ theme: 'system' }) },
      { id: 'zh', label: '切换到简体中文', words: 'chinese,language', run: () => change({ locale: 'zh-CN' }) },
      { id: 'en', label: 'Switch to English', words: '英文,英语,语言', run: () => change({ locale: 'en' }) },
      { id: 'sign-out', label: t`Sign out`, words: 'sign out,log out,exit', run: askToSignOut },
    ]
    const ofMessage = attended.map(({ id, label, writes, run }): Command => {
      const action = i18n._(label)
      return { id: `message-${id}`, label: t`Message: ${action}`, words: id.replace('-', ' '), takesFocus: writes, run }
    })
    return [...ofMessage, ...all.filter(command => command !== false)]
  }, [t, manages, attended])
}
