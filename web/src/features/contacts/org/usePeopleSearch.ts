import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Person } from '@/core/api'
import { type ReadingsState, useReadings } from '@/core/pinyin'
import { type PeopleIndex, peopleIndexOf, type RankedPerson, rankPeople } from './people-index'
import { directoryQuery, searchQuery, unitsQuery } from './queries'

const pauseMs = 200
const nobody: readonly Person[] = []

export interface PeopleFinder {
  /** Who is active, by name. */
  everybody: readonly Person[]
  /** Who of the directory fits, best first. */
  rank: (query: string) => RankedPerson[]
  /** The directory is here, or will not come. */
  ready: boolean
  /** It holds everybody. */
  complete: boolean
  error: unknown
  retry: () => void
}

/** Finds people in the directory that is held here: by name, sound, title and unit. */
export function usePeopleFinder(): PeopleFinder {
  const directory = useQuery(directoryQuery)
  const { data: tree } = useQuery(unitsQuery)
  const readings = useReadings()
  const people = directory.data?.people ?? nobody
  const index = useMemo(() => indexOf(people, readings), [people, readings])
  const rank = useCallback((query: string) => rankPeople(index, query, tree), [index, tree])
  return {
    everybody: people,
    rank,
    ready: !isComing(directory),
    complete: directory.data?.complete ?? false,
    error: directory.error,
    retry: () => void directory.refetch(),
  }
}

export interface PeopleSearch {
  /** Those of the directory, at once, then those whom only the server finds. */
  people: readonly Person[]
  /** Nobody better can come for this query. */
  settled: boolean
  error: unknown
  retry: () => void
}

/**
 * People for a query, best first. The server is asked once nobody has written for a moment: in a company too large to be
 * held here, and for what only it may know: logins, telephone numbers and addresses.
 */
export function usePeopleSearch(query: string): PeopleSearch {
  const finder = usePeopleFinder()
  const { rank } = finder
  const near = useMemo(() => rank(query).map(({ person }) => person), [rank, query])
  const asks = finder.ready && (!finder.complete || near.length === 0)
  const far = useServerPeople(query, asks)
  const people = useMemo(() => {
    const known = new Set(near.map(({ id }) => id))
    return [...near, ...far.people.filter(({ id }) => !known.has(id))]
  }, [near, far.people])
  return {
    people,
    settled: finder.ready && (people.length > 0 || far.settled),
    error: people.length > 0 ? null : (far.error ?? finder.error),
    retry: () => {
      finder.retry()
      far.retry()
    },
  }
}

/** Whom the server finds, once nobody has written for a moment; nobody while `asks` is false. */
export function useServerPeople(query: string, asks: boolean) {
  const text = query.trim()
  const paused = usePaused(text)
  const wanted = asks && text !== ''
  const search = useQuery(searchQuery(paused, wanted))
  const isCurrent = wanted && paused === text && !search.isPlaceholderData
  return {
    people: (isCurrent && search.data?.people) || nobody,
    settled: !wanted || (isCurrent && !isComing(search)),
    error: isCurrent ? search.error : null,
    retry: () => void search.refetch(),
  }
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

const indexes = new WeakMap<readonly Person[], { readings: ReadingsState; index: PeopleIndex }>()

/** Worked out once for a directory, and again when the other readings of its names have come. */
function indexOf(people: readonly Person[], readings: ReadingsState): PeopleIndex {
  const known = indexes.get(people)
  if (known?.readings === readings) return known.index
  const index = peopleIndexOf(people)
  indexes.set(people, { readings, index })
  return index
}
