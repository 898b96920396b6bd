import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useMemo } from 'react'
import type { Conversation } from '@/core/api'
import { useReadings } from '@/core/pinyin'
import { useMe } from '@/core/session'
import { usePeopleFinder, useServerPeople } from '@/features/contacts'
import { useConversations, useNameOf } from '@/log'
import { moreSection, resultsOf, type Section, scopeOf } from './results'
import { useCommands } from './useCommands'

export interface Results {
  sections: Section[]
  /** The text they are for. */
  answers: string
  /** All that is asked for this text has answered, or will not: what stands first is what fits best. */
  settled: boolean
}

/** What fits the query: from what is known here at once; people whom only the server finds below. */
export function useResults(query: string): Results {
  const me = useMe()
  const conversations = useConversations()
  const nameOfPerson = useNameOf()
  const commands = useCommands()
  const finder = usePeopleFinder()
  const readings = useReadings()
  const { rank } = finder
  const answers = useDeferredValue(query)
  // biome-ignore lint/correctness/useExhaustiveDependencies: titles are found anew once their readings are there
  const sections = useMemo((): Section[] => {
    const nameOf = ({ title, peer }: Conversation) => (peer === null ? title : nameOfPerson(peer))
    return resultsOf(answers, { me: me.person.id, conversations, nameOf, rankPeople: rank, commands })
  }, [answers, me.person.id, conversations, nameOfPerson, rank, commands, readings])

  const { sections: scope, text } = scopeOf(answers)
  const asksPeople = scope.includes('people') && text.trim() !== ''
  const isHere = !asksPeople || finder.ready
  const asks = asksPeople && finder.ready && (!finder.complete || !hasPeople(sections))
  const far = useServerPeople(text, asks)
  const more = moreSection(sections, far.people, me.person.id)
  const search = useSearchSection(text, scope.length > 1)
  const shown = [...sections, ...[more, search].filter(({ items }) => items.length > 0)]
  const isSettled = isHere && (sections.length > 0 || more.items.length > 0 || (far.settled && readings !== 'coming'))
  return { sections: shown, answers, settled: isSettled }
}

/** Looking for the text in messages, below all that has such a name. */
function useSearchSection(text: string, wanted: boolean): Section {
  const { t } = useLingui()
  const navigate = useNavigate()
  const q = text.trim()
  const run = () => void navigate({ to: '/search', search: { q } })
  const label = t`Search messages for “${q}”`
  return {
    id: 'search',
    items: wanted && q ? [{ type: 'command', id: '>search', command: { id: 'search', label, run } }] : [],
  }
}

function hasPeople(sections: readonly Section[]): boolean {
  return sections.some(({ id }) => id === 'people')
}
