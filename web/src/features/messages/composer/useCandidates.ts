import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useReadings } from '@/core/pinyin'
import { placeOf, unitsQuery, useSecondName } from '@/features/contacts'
import { usePeople, usePeopleComing, useRoster } from '@/log'
import { usePane } from '../pane/pane-context'
import { useMatching } from '../people/useMatching'
import type { Candidate } from './mentions/candidates'

/** Who of the open conversation fits what was typed after an @; null until it is known who is there, which is asked with the first @. */
export function useCandidates(): (query: string) => Candidate[] | null {
  const { t } = useLingui()
  const { conversation, kind, me } = usePane()
  const members = useRoster(conversation)
  const people = usePeople()
  const ids = useMemo(() => members?.map(({ person }) => person) ?? [], [members])
  const { coming, ask } = usePeopleComing(ids)
  const everyone = kind === 'group' ? t`all` : null
  const { data: tree } = useQuery(unitsQuery)
  const readings = useReadings()
  const matching = useMatching()
  const secondName = useSecondName()
  // biome-ignore lint/correctness/useExhaustiveDependencies: found anew once the readings of names are there
  return useMemo(() => {
    if (!members || !matching) return () => null
    const others = members
      .filter(({ person }) => person !== me)
      .flatMap(({ person }) => people[person] ?? [])
      .filter(person => person.active)
      .sort((a, b) => (a.pinyin || a.name).localeCompare(b.pinyin || b.name))
    return (query: string) => {
      if (coming) {
        ask()
        return null
      }
      return matching.findCandidates(others, everyone, query, person =>
        [secondName(person), placeOf(tree, person)].filter(Boolean).join(' · '),
      )
    }
  }, [members, people, coming, ask, me, everyone, tree, readings, matching])
}
