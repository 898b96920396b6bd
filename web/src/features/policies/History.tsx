import { Trans } from '@lingui/react/macro'
import type { PolicySaid, PolicyView } from '@/core/api'
import { useTimes } from '@/core/time'
import { PersonName } from './PersonName'
import styles from './panel.module.css'
import { usePolicyText } from './usePolicyText'

/** What this unit ever said, newest first. */
export function History({ policy, sayings }: { policy: PolicyView; sayings: readonly PolicySaid[] }) {
  const text = usePolicyText()
  const times = useTimes()
  if (sayings.length === 0) return null
  return (
    <details className={styles.history}>
      <summary>
        <Trans>Changes here</Trans> {sayings.length}
      </summary>
      <ol>
        {sayings.map(said => (
          <li key={said.id}>
            <span>
              {said.value === null ? <Trans>As above again</Trans> : text.value(policy, said.value)}
              {said.subject && ` · ${text.subject(said.subject)}`}
            </span>
            <small>
              <PersonName id={said.person} /> · <time title={times.full(said.id)}>{times.list(said.id)}</time>
              {said.reason && ` · ${said.reason}`}
            </small>
          </li>
        ))}
      </ol>
    </details>
  )
}
