import { nameRefusal } from '@/characters'
import { useReasonText } from '@/core/problems'

/** What is wrong with a name, as the server would say it, in the reader's words; `empty` where there is none. */
export function useNameCheck(): (name: string, empty: string) => string | undefined {
  const text = useReasonText()
  return (name, empty) => {
    const reason = nameRefusal(name)
    return reason === null ? undefined : reason === '' ? empty : text(reason)
  }
}
