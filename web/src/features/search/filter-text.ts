import { useLingui } from '@lingui/react/macro'
import type { Id, UnderstoodFilter } from '@/core/api'
import { useToldApart } from '@/features/contacts'
import { useTitleOf } from './useTitleOf'

/** A filter in the reader's words, with whom or what it was understood to mean. */
export function useFilterText({ filter, value, negative, ids }: UnderstoodFilter): string {
  const { t } = useLingui()
  const nameOf = useToldApart()
  const titleOf = useTitleOf()
  const [id] = ids
  const named = (nameOfOne: (id: Id) => string) => (id && ids.length === 1 ? nameOfOne(id) : value)
  const person = named(nameOf)
  const title = named(titleOf)
  const trait = { link: t`a link`, code: t`code`, reply: t`an answer`, mention: t`@me` }[value] ?? value
  const texts = {
    from: id ? t`Sender: ${person}` : t`Nobody is called “${value}”`,
    in: id ? t`In: ${title}` : t`No conversation is called “${value}”`,
    before: t`Before ${value}`,
    after: t`From ${value} on`,
    has: t`Has: ${trait}`,
    type: t`Only: ${value}`,
  }
  const text = texts[filter]
  return negative ? t`Not: ${text}` : text
}
