import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { PolicyView } from '@/core/api'
import { roles, useRoleWords } from '@/features/organisation'
import { Field, Input, Select } from '@/ui'
import { usePolicyText } from './usePolicyText'

export interface SubjectFieldProps {
  policy: PolicyView
  value: string
  onValueChange: (subject: string) => void
}

/** Selects have no empty value, and posts have no list. */
const everybody = 'everybody'
const aPost = 'a post'

/** Whom in the unit it is about: everybody, who has a role, or who has a post of some title. */
export function SubjectField({ policy, value, onValueChange }: SubjectFieldProps) {
  const { t } = useLingui()
  const text = usePolicyText()
  const roleWords = useRoleWords()
  const [isNewPost, setNewPost] = useState(false)
  const posts = policy.special.map(({ subject }) => subject).filter(subject => subject.startsWith('post:'))
  const has = (subject: string) => policy.special.some(said => said.subject === subject)
  const mark = (subject: string, words: string) => (has(subject) ? `${words} ●` : words)
  const choose = (next: string) => {
    setNewPost(next === aPost)
    if (next !== aPost) onValueChange(next === everybody ? '' : next)
  }
  return (
    <>
      <Field
        label={t`For`}
        hint={value === '' ? undefined : t`In this unit and below, instead of what holds for everybody.`}
      >
        <Select
          value={isNewPost ? aPost : value || everybody}
          onValueChange={choose}
          options={[
            { value: everybody, label: t`Everybody` },
            ...roles.map(role => ({
              value: `role:${role}`,
              label: mark(`role:${role}`, t`Role: ${roleWords(role).name}`),
            })),
            ...posts.map(post => ({ value: post, label: mark(post, text.subject(post)) })),
            ...(value.startsWith('post:') && !posts.includes(value) && !isNewPost
              ? [{ value, label: text.subject(value) }]
              : []),
            { value: aPost, label: t`A post …` },
          ]}
        />
      </Field>
      {isNewPost && (
        <Field label={t`Title of the post`} hint={t`Written as it stands with the people, for example 店长.`}>
          <Input
            maxLength={80}
            autoComplete="off"
            onValueChange={title => onValueChange(title.trim() ? `post:${title.trim()}` : '')}
          />
        </Field>
      )}
    </>
  )
}
