import { Trans, useLingui } from '@lingui/react/macro'
import { Check, CircleDashed, LoaderCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Joining } from '@/core/api'
import { useLocale } from '@/core/i18n'
import { useProblemText } from '@/core/problems'
import { EntryFrame } from '@/features/sign-in'
import { Banner, Progress } from '@/ui'
import styles from '../set-up.module.css'
import { problemOf } from './problem-of'

/** Steps in their order; `refused` ends them all. */
const phases = ['connecting', 'copying', 'following'] as const

export interface JoinProgressProps {
  joining: Joining
  /** This server itself does not answer at the moment; it restarts once while joining. */
  lost: boolean
}

/** How far this server has come in becoming a branch's. The page may be closed: it goes on without it. */
export function JoinProgress({ joining, lost }: JoinProgressProps) {
  const { name } = joining
  const text = useProblemText()
  const problem = problemOf(joining)
  return (
    <EntryFrame
      title={<Trans>Becoming {name}</Trans>}
      hint={<Trans>You can close this page: it goes on by itself. Afterwards people sign in here as anywhere.</Trans>}
    >
      <div className={styles.fields}>
        {problem && (
          <Banner tone="warn">
            {problem.code === 'sites.unreachable' ? (
              <Trans>Headquarters is not responding; retrying. Check the network and the address.</Trans>
            ) : (
              text(problem)
            )}
          </Banner>
        )}
        <Steps joining={joining} />
        {lost && (
          <p className={styles.note} role="status">
            <Trans>The server is restarting…</Trans>
          </p>
        )}
      </div>
    </EntryFrame>
  )
}

function Steps({ joining }: { joining: Joining }) {
  const { t } = useLingui()
  const at = phases.indexOf(joining.phase as (typeof phases)[number])
  const words: Record<(typeof phases)[number], ReactNode> = {
    connecting: <Trans>Connecting to headquarters</Trans>,
    copying: <Trans>Copying what the branch needs</Trans>,
    following: <Trans>Following headquarters</Trans>,
  }
  return (
    <ol className={styles.phases} aria-label={t`Progress`}>
      {phases.map((phase, index) => (
        <li key={phase} className={styles.phase} aria-current={index === at ? 'step' : undefined}>
          {index < at ? (
            <Check aria-hidden="true" />
          ) : index === at ? (
            <LoaderCircle aria-hidden="true" />
          ) : (
            <CircleDashed aria-hidden="true" />
          )}
          <span>{words[phase]}</span>
          {phase === 'copying' && index === at && <Copied joining={joining} />}
        </li>
      ))}
    </ol>
  )
}

function Copied({ joining: { done, total } }: { joining: Joining }) {
  const { t } = useLingui()
  const locale = useLocale()
  const [copied, all] = [done.toLocaleString(locale), total.toLocaleString(locale)]
  return (
    <div className={styles.copied}>
      <Progress value={total > 0 ? done / total : null} label={t`Copied so far`} />
      {total > 0 && (
        <small>
          <Trans>
            {copied} of {all}
          </Trans>
        </small>
      )}
    </div>
  )
}
