import { t } from '@lingui/core/macro'
import { Plural, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { cut, tidy, titleRefusal } from '@/characters'
import type { Person } from '@/core/api'
import { dropHeldKeys, holdKeys } from '@/core/keys'
import { useReasonText } from '@/core/problems'
import { useMe } from '@/core/session'
import { Button, Dialog, Field, FieldGroup, Input } from '@/ui'
import { createGroup } from '../commands'
import { titleMaxLength } from '../details/TitleSection'
import { useChange } from '../details/useChange'
import { onFinishKey } from '../people/finish-key'
import { PeoplePicker } from '../people/PeoplePicker'
import styles from './new-conversation.module.css'

/** Begins a group: a title and the people in it. Without a title it is named after them. */
export function GroupDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const me = useMe().person
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const [chosen, setChosen] = useState<Person[]>([])
  const { busy, run } = useChange()
  const myself = useMemo(() => new Set([me.id]), [me.id])
  const named = namesOf([me, ...chosen])
  const reasonText = useReasonText()
  const [refusal, setRefusal] = useState<string>()
  const create = () => {
    const wrong = titleRefusal(title)
    if (wrong && wrong.code !== 'missing') return setRefusal(reasonText(wrong))
    const given = wrong === null ? tidy(title) : cut(named, titleMaxLength)
    const made = createGroup(
      given,
      chosen.map(({ id }) => id),
    ).then(({ id }) => navigate({ to: '/messages/$conversation', params: { conversation: id } }))
    // What is written from now on is for the group.
    holdKeys()
    made.catch(dropHeldKeys)
    run(made, onClose)
  }
  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      title={t`New group`}
      closeLabel={t`Close`}
      footer={
        <>
          {chosen.length > 0 && (
            <span className={styles.count}>
              <Plural value={chosen.length + 1} one="# person" other="# people" />
            </span>
          )}
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button variant="primary" disabled={chosen.length === 0} busy={busy} onClick={create}>
            {t`Create`}
          </Button>
        </>
      }
    >
      <FieldGroup onKeyDown={onFinishKey(busy || chosen.length === 0 ? null : create)}>
        <Field label={t`Group name`} error={refusal}>
          <Input
            value={title}
            onValueChange={next => {
              setTitle(next)
              setRefusal(undefined)
            }}
            maxLength={titleMaxLength}
            placeholder={chosen.length > 0 ? named : t`Named after its members`}
          />
        </Field>
        <PeoplePicker chosen={chosen} onChosen={setChosen} excluded={myself} />
      </FieldGroup>
    </Dialog>
  )
}

const namedAtMost = 4

/** A group without a name is called by who is in it, and says so where not all are named. */
function namesOf(people: readonly Pick<Person, 'name'>[]): string {
  const names = people.slice(0, namedAtMost).map(({ name }) => name)
  const list = names.join(t({ message: ', ', comment: 'Between names in a list' }))
  const all = people.length
  return all > namedAtMost ? t({ message: `${list} (${all} people)`, comment: 'The title of a group' }) : list
}
