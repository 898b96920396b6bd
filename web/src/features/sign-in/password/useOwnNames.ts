import { useMe } from '@/core/session'
import { useSetup } from '../entry/useSetup'

/** What everybody knows of me, and guesses first. */
export function useOwnNames(): string[] {
  const { person, login } = useMe()
  const { data } = useSetup()
  return [person.name, person.pinyin, login, data?.company ?? '']
}
