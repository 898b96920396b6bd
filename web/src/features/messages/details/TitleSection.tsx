import { Trans, useLingui } from '@lingui/react/macro'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { isBlank, tidy, titleRefusal } from '@/characters'
import type { Conversation } from '@/core/api'
import { isComposing } from '@/core/keys'
import { useReasonText } from '@/core/problems'
import { Avatar, Button, IconButton, Input, toasts } from '@/ui'
import { changeGroup } from '../changes/group'
import styles from './details.module.css'
import { useChange } from './useChange'

export const titleMaxLength = 100

/** What the group is called; its owner and administrators may change it. */
export function TitleSection({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui()
  const [editing, setEditing] = useState(false)
  const mayEdit = conversation.my_role !== 'member'
  return (
    <section className={styles.section}>
      <div className={styles.titleLine}>
        <Avatar id={conversation.id} name={conversation.title} shape="group" size={40} />
        {editing ? (
          <TitleForm conversation={conversation} onDone={() => setEditing(false)} />
        ) : (
          <>
            <strong className={styles.title}>{conversation.title}</strong>
            {mayEdit && (
              <IconButton size="small" icon={<Pencil />} label={t`Rename`} onClick={() => setEditing(true)} />
            )}
          </>
        )}
      </div>
    </section>
  )
}

function TitleForm({ conversation, onDone }: { conversation: Conversation; onDone: () => void }) {
  const { t } = useLingui()
  const [title, setTitle] = useState(conversation.title)
  const { busy, run } = useChange()
  const given = tidy(title)
  const reasonText = useReasonText()
  const save = () => {
    const refusal = titleRefusal(given)
    if (refusal?.code === 'missing' || given === conversation.title) return onDone()
    if (refusal) return toasts.show({ tone: 'danger', title: reasonText(refusal) })
    run(changeGroup(conversation.id, { act: 'rename', title: given }), onDone)
  }
  return (
    <form
      className={styles.titleForm}
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
      onKeyDown={event => event.key === 'Escape' && !isComposing(event.nativeEvent) && onDone()}
    >
      <Input autoFocus value={title} onValueChange={setTitle} maxLength={titleMaxLength} aria-label={t`Group name`} />
      <Button type="submit" variant="primary" size="small" busy={busy} disabled={isBlank(given)}>
        <Trans>Save</Trans>
      </Button>
    </form>
  )
}
