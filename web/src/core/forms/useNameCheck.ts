import { nameRefusal } from '@/characters'
import { useReasonText } from '@/core/problems'

/** What is wrong with a name, in the reader's words; `empty` where there is none. */
export function useNameCheck(): (name: string, empty: string) => string | undefined {
  const text = useReasonText()
  return (name, empty) => {
    const reason = nameRefusal(name)
    if (reason === null) return undefined
    return reason.code === 'missing' ? empty : text(reason)
  }
}
