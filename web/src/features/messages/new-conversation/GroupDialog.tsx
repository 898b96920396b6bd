import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { Person } from '@/core/api'
import { useMe } from '@/core/session'
import { Button, Dialog, Field, FieldGroup, Input } from '@/ui'
import { titleMaxLength } from '../details/TitleSection'
import { useChange } from '../details/useChange'
import { PeoplePicker } from '../people/PeoplePicker'
import { createGroup } from '../store'

/** Begins a group: a title and the people in it. Without a title it is named after them. */
export function GroupDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const me = useMe().person
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const [chosen, setChosen] = useState<Person[]>([])
  const { busy, run } = useChange()
  const myself = useMemo(() => new Set([me.id]), [me.id])
  const separator = t({ message: ', ', comment: 'Between names in a list' })
  const named = [me, ...chosen]
    .slice(0, 4)
    .map(({ name }) => name)
    .join(separator)
  const create = () => {
    const given = (title.trim() || named).slice(0, titleMaxLength)
    const made = createGroup(
      given,
      chosen.map(({ id }) => id),
    ).then(({ id }) => {
      onClose()
      return navigate({ to: '/messages/$conversation', params: { conversation: id } })
    })
    run(made)
  }
  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      title={t`New group`}
      closeLabel={t`Close`}
      footer={
        <>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button variant="primary" disabled={chosen.length === 0} busy={busy} onClick={create}>
            {t`Create`}
          </Button>
        </>
      }
    >
      <FieldGroup>
        <Field label={t`Group name`}>
          <Input
            value={title}
            onValueChange={setTitle}
            maxLength={titleMaxLength}
            placeholder={chosen.length > 0 ? named : t`Named after its members`}
          />
        </Field>
        <PeoplePicker chosen={chosen} onChosen={setChosen} excluded={myself} />
      </FieldGroup>
    </Dialog>
  )
}
