import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { usePane } from '../pane/pane-context'
import { useMembers, usePeople } from '../store'
import { type Candidate, findCandidates } from './mentions/candidates'

/** Who of the open conversation fits what was typed after an @. */
export function useCandidates(): (query: string) => Candidate[] {
  const { t } = useLingui()
  const { conversation, kind, me } = usePane()
  const members = useMembers(conversation)
  const people = usePeople()
  const everyone = kind === 'group' ? t`all` : null
  return useMemo(() => {
    const others = Object.keys(members ?? {})
      .filter(id => id !== me)
      .flatMap(id => people[id] ?? [])
      .filter(person => person.active)
      .sort((a, b) => (a.pinyin || a.name).localeCompare(b.pinyin || b.name))
    return query => findCandidates(others, everyone, query)
  }, [members, people, me, everyone])
}
