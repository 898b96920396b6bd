import { useLingui } from '@lingui/react/macro'
import { useMatches } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useUnreadTotal } from '@/log'

/** The browser's tab says which page this is, and how much waits: "(3) Messages · Bilin"; so do its icon and that of the installed app. */
export function usePageTitle(): void {
  const { i18n, t } = useLingui()
  const title = useMatches({ select: matches => matches.findLast(match => match.staticData.title)?.staticData.title })
  const unread = useUnreadTotal()
  const words = [title && i18n._(title), t`Bilin`].filter(Boolean).join(' · ')
  useEffect(() => {
    document.title = unread > 0 ? `(${unread > 99 ? '99+' : unread}) ${words}` : words
  }, [words, unread])
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
    icon?.setAttribute('href', unread > 0 ? '/icon-unread.svg' : '/icon.svg')
    void navigator.setAppBadge?.(unread).catch(() => undefined) // what is not installed has none
  }, [unread])
}
