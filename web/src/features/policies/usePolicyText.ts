import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { PolicyView } from '@/core/api'
import { useRoleWords } from '@/features/organisation'
import { asTime, type PolicyValue, subjectOf } from './values'
import { policyWords } from './words'

export interface PolicyText {
  name: (policy: PolicyView) => string
  hint: (policy: PolicyView) => string
  value: (policy: PolicyView, value: PolicyValue) => string
  subject: (subject: string) => string
}

/** Policies in the reader's words. */
export function usePolicyText(): PolicyText {
  const { t, i18n } = useLingui()
  const roleWords = useRoleWords()
  const time = (amount: number, unit: string) =>
    new Intl.NumberFormat(i18n.locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount)
  const number = (policy: PolicyView, value: number) => {
    const zero = policyWords[policy.name]?.zero
    if (value === 0 && zero) return i18n._(zero)
    if (policy.measure === 'seconds') return time(asTime(value).amount, asTime(value).unit)
    if (policy.measure === 'days') return time(value, 'day')
    if (policy.measure === 'characters') return plural(value, { one: '# character', other: '# characters' })
    if (policy.measure === 'people') return plural(value, { one: '# person', other: '# people' })
    if (policy.measure === 'megabytes') return t`${i18n.number(value)} MB`
    return policy.measure === 'a_minute' ? t`${i18n.number(value)} a minute` : i18n.number(value)
  }
  const words = ({ name, meaning }: PolicyView) => {
    const known = policyWords[name]
    return known ? { name: i18n._(known.name), hint: i18n._(known.hint) } : { name, hint: meaning }
  }
  return {
    name: policy => words(policy).name,
    hint: policy => words(policy).hint,
    value: (policy, value) => {
      if (typeof value === 'number') return number(policy, value)
      if (typeof value === 'boolean') return value ? t`Allowed` : t`Not allowed`
      return value
    },
    subject: subject => {
      const { kind, name } = subjectOf(subject)
      if (kind === 'everybody') return t`Everybody`
      return kind === 'role' ? roleWords(name).name : t`Post: ${name}`
    },
  }
}
