import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { Id } from '@/core/api'
import { type Line, useHasOtherSites, useLine } from '@/core/sites'
import { homesQuery } from '@/features/contacts'
import { usePerson, usePresence } from '@/log'
import type { Presence } from '@/ui'
import { presenceWord } from '../wording/presence-word'

export interface ShownPresence {
  presence: Presence | undefined
  /** In words. */
  presenceLabel: string | undefined
  /** What the dot does not say by itself. */
  presenceHint: string | undefined
}

/** Whether somebody is there, as far as that can be known: whose home cannot be reached, of them nothing is known. */
export function useShownPresence(id: Id | null | undefined): ShownPresence {
  const { t } = useLingui()
  const presence = usePresence(id)
  const line = useHomeLine(id)
  if (line && !line.reachable) {
    const site = line.name
    const words = t`The connection to ${site} is cut; presence unknown`
    return { presence: 'unknown', presenceLabel: words, presenceHint: words }
  }
  return { presence, presenceLabel: presence && presenceWord(presence), presenceHint: undefined }
}

/** The line to the site somebody is at home at; undefined when that is this one. */
function useHomeLine(id: Id | null | undefined): Line | undefined {
  const person = usePerson(id)
  const { data: homes } = useQuery({ ...homesQuery, enabled: useHasOtherSites() })
  return useLine(person && homes?.siteOf.get(person.unit))
}
