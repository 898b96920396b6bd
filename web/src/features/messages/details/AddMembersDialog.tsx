import { useLingui } from '@lingui/react/macro'
import { useMemo, useState } from 'react'
import type { Conversation, Person } from '@/core/api'
import { useRoster } from '@/log'
import { Button, Dialog, FieldGroup } from '@/ui'
import { changeGroup } from '../changes/group'
import { onFinishKey } from '../people/finish-key'
import { PeoplePicker } from '../people/PeoplePicker'
import { useChange } from './useChange'

export interface AddMembersDialogProps {
  conversation: Conversation
  onClose: () => void
}

/** Brings more people into a group. Any member may. */
export function AddMembersDialog({ conversation, onClose }: AddMembersDialogProps) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState<Person[]>([])
  const members = useRoster(conversation.id)
  const inside = useMemo(() => new Set(members?.map(({ person }) => person)), [members])
  const { busy, run } = useChange()
  const add = () => {
    const people = chosen.map(({ id }) => id)
    run(changeGroup(conversation.id, { act: 'add', people }), onClose)
  }
  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      title={t`Add members`}
      description={t`They can also see earlier messages.`}
      closeLabel={t`Close`}
      footer={
        <>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button variant="primary" disabled={chosen.length === 0} busy={busy} onClick={add}>
            {chosen.length > 0 ? t`Add (${chosen.length})` : t`Add`}
          </Button>
        </>
      }
    >
      <FieldGroup onKeyDown={onFinishKey(busy || chosen.length === 0 ? null : add)}>
        <PeoplePicker chosen={chosen} onChosen={setChosen} excluded={inside} />
      </FieldGroup>
    </Dialog>
  )
}
