import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Clock, X } from 'lucide-react'
import type { Conversation } from '@/core/api'
import { useListOf } from '@/core/i18n'
import { useFlagsOf } from '@/log'
import { IconButton } from '@/ui'
import { type Pane, usePane } from '../pane/pane-context'
import styles from './changes.module.css'
import { type GroupChange, groupFlags } from './group'

/** Above the messages: what I did with the group and the server does not know yet. */
export function WaitingChanges({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui()
  const pane = usePane()
  const listOf = useListOf()
  const waiting = useFlagsOf<GroupChange>('group', conversation.id).filter(({ sent }) => sent === null)
  if (waiting.length === 0) return null
  return (
    <section className={styles.bar} aria-label={t`Waiting for the connection`}>
      <Clock aria-hidden="true" />
      <span>
        <Trans>Waiting for the connection:</Trans>
      </span>
      <ul className={styles.list}>
        {waiting.map(({ name, detail }) => (
          <li key={name}>
            {detail && wordsOf(detail, pane, listOf)}
            <IconButton size="small" icon={<X />} label={t`Do not do it`} onClick={() => groupFlags.forget(name)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function wordsOf(change: GroupChange, { nameOf }: Pane, listOf: (names: string[]) => string): string {
  switch (change.act) {
    case 'rename':
      return t`rename it “${change.title}”`
    case 'add':
      return t`add ${listOf(change.people.map(nameOf))}`
    case 'remove':
      return t`remove ${nameOf(change.person)}`
    case 'role':
      return change.role === 'admin'
        ? t`make ${nameOf(change.person)} an administrator`
        : t`make ${nameOf(change.person)} an ordinary member`
    case 'owner':
      return t`transfer ownership to ${nameOf(change.person)}`
    case 'leave':
      return t`leave the group`
  }
}
