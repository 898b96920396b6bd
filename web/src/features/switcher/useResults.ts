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

/** What fits the query: from what is known here at once; in a large company, people found by the server below. */
export function useResults(query: string, open: boolean): Section[] {
  const me = useMe()
  const conversations = useConversations()
  const nameOfPerson = useNameOf()
  const commands = useCommands()
  const directory = useQuery({ ...directoryQuery, enabled: open })
  const people = directory.data?.index ?? noPeople
  const wanted = useDeferredValue(query)
  const sections = useMemo((): Section[] => {
    const nameOf = ({ title, peer }: Conversation) => (peer === null ? title : nameOfPerson(peer))
    const known: Known = { me: me.person.id, conversations, nameOf, people, commands }
    return open ? resultsOf(wanted, known) : []
  }, [open, wanted, me.person.id, conversations, nameOfPerson, people, commands])

  const { sections: scope, text } = scopeOf(usePaused(wanted))
  const asks = open && directory.data?.complete === false && scope.includes('people')
  const { data: onServer, isPlaceholderData } = useQuery(searchQuery(text, asks))
  if (!asks || !onServer || isPlaceholderData || !text.trim()) return sections
  const more = moreSection(sections, onServer.people, me.person.id)
  return more.items.length > 0 ? [...sections, more] : sections
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
