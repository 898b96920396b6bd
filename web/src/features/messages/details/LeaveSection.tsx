import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import type { Conversation } from '@/core/api'
import { Button, ConfirmDialog } from '@/ui'
import { changeGroup } from '../changes/group'
import styles from './details.module.css'
import { useChange } from './useChange'

/** The way out of a group. Its owner hands it on first, unless nobody else is left. */
export function LeaveSection({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui()
  const [asking, setAsking] = useState(false)
  const { busy, run } = useChange()
  const navigate = useNavigate()
  const mustHandOn = conversation.my_role === 'owner' && conversation.members > 1
  return (
    <section className={styles.section}>
      <Button variant="danger-outline" wide icon={<LogOut />} disabled={mustHandOn} onClick={() => setAsking(true)}>
        <Trans>Leave the group</Trans>
      </Button>
      {mustHandOn && (
        <p className={styles.note}>
          <Trans>Transfer ownership to another member before you leave.</Trans>
        </p>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t`Leave “${conversation.title}”?`}
        description={t`You will no longer see the group or its messages. A member can add you again.`}
        confirmLabel={t`Leave`}
        cancelLabel={t`Cancel`}
        danger
        busy={busy}
        onConfirm={() => run(changeGroup(conversation.id, { act: 'leave' }), () => void navigate({ to: '/messages' }))}
      />
    </section>
  )
}
