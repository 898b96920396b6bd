import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { Conversation } from '@/core/api'
import { useMe } from '@/core/session'
import { directoryQuery, peopleIndexOf, searchQuery } from '@/features/contacts'
import { useConversations, useNameOf } from '@/features/messages'
import { type Known, moreSection, resultsOf, type Section, scopeOf } from './results'
import { useCommands } from './useCommands'

const pauseMs = 200
const noPeople = peopleIndexOf([])

export interface Results {
  sections: Section[]
  /** The text they are for. */
  answers: string
  /** All that is asked for this text has answered, or will not: what stands first is what fits best. */
  settled: boolean
}

/** What fits the query: from what is known here at once; in a large company, people found by the server below. */
export function useResults(query: string): Results {
  const me = useMe()
  const conversations = useConversations()
  const nameOfPerson = useNameOf()
  const commands = useCommands()
  const directory = useQuery(directoryQuery)
  const people = directory.data?.index ?? noPeople
  const answers = useDeferredValue(query)
  const sections = useMemo((): Section[] => {
    const nameOf = ({ title, peer }: Conversation) => (peer === null ? title : nameOfPerson(peer))
    const known: Known = { me: me.person.id, conversations, nameOf, people, commands }
    return resultsOf(answers, known)
  }, [answers, me.person.id, conversations, nameOfPerson, people, commands])

  const { sections: scope, text } = scopeOf(answers)
  const asksPeople = scope.includes('people') && text.trim() !== ''
  const more = useMore(text, asksPeople && directory.data?.complete === false, sections, me.person.id)
  const isHere = !asksPeople || !isComing(directory)
  if (more.sections.length > 0) return { sections: [...sections, ...more.sections], answers, settled: isHere }
  return { sections, answers, settled: isHere && (sections.length > 0 || more.settled) }
}

/** People whom only the server finds, once nobody has written for a moment. */
function useMore(text: string, asks: boolean, sections: Section[], me: string) {
  const paused = usePaused(text)
  const search = useQuery(searchQuery(paused, asks))
  const isCurrent = paused === text && !search.isPlaceholderData
  if (!asks || !search.data || !isCurrent) return { sections: [], settled: !asks || (isCurrent && !isComing(search)) }
  const section = moreSection(sections, search.data.people, me)
  return { sections: section.items.length > 0 ? [section] : [], settled: true }
}

/** Whether an answer may still come: without network nobody waits for it. */
function isComing({ isPending, fetchStatus }: { isPending: boolean; fetchStatus: string }): boolean {
  return isPending && fetchStatus === 'fetching'
}

/** The text once nobody has written for a moment: the server is not asked at every letter. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}
