import { useLocale } from '@/core/i18n'
import { spelledName } from '@/core/pinyin'

/**
 * The name of somebody for who reads the other script: 苏晚 is Su Wan in English screens. Empty where the name itself can be read. Names in
 * Latin letters have no Chinese one that is known.
 */
export function useSecondName(): (person: { name: string; pinyin: string } | undefined) => string {
  const isChinese = useLocale().startsWith('zh')
  return person => (isChinese || !person ? '' : spelledName(person.name, person.pinyin))
}
