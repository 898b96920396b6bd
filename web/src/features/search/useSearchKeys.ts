import { useLingui } from '@lingui/react/macro'
import { useMatches, useNavigate } from '@tanstack/react-router'
import { useShortcuts } from '@/core/keys'

/** Ctrl+Shift+F searches everywhere, Ctrl+F in the conversation that is open; elsewhere the browser has that key. */
export function useSearchKeys(): void {
  const { t } = useLingui()
  const navigate = useNavigate()
  const conversation = useMatches({
    select: matches => matches.map(({ params }) => params).find(params => 'conversation' in params)?.conversation,
  })
  const search = (q?: string) => void navigate({ to: '/search', search: { q } })
  useShortcuts([
    { keys: 'Ctrl+Shift+F', label: t`Search messages`, group: t`Everywhere`, run: () => search() },
    {
      keys: 'Ctrl+F',
      label: t`Search this conversation`,
      group: t`Messages`,
      run: () => (conversation ? search(`in:@${conversation} `) : false),
    },
  ])
}
