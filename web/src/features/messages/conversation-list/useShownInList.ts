import { create } from 'zustand'
import type { Filter } from './arrange'

/** Which conversations the list shows, or what in their place: on a phone it is left for each conversation, and come back to. */
const shownStore = create<{ shown: Filter | (string & {}) }>()(() => ({ shown: 'all' }))

export function useShownInList(): [string, (shown: string) => void] {
  return [shownStore(({ shown }) => shown), shown => shownStore.setState({ shown })]
}
