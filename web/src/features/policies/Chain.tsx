import { Trans, useLingui } from '@lingui/react/macro'
import { CircleCheck, Lock, Minus } from 'lucide-react'
import type { PolicyState, PolicyStep, PolicyView } from '@/core/api'
import { useTimes } from '@/core/time'
import type { OrgTree } from '@/features/contacts'
import { classes } from '@/ui'
import { PersonName } from './PersonName'
import styles from './panel.module.css'
import { usePolicyText } from './usePolicyText'

export interface ChainProps {
  tree: OrgTree
  policy: PolicyView
  steps: readonly PolicyStep[]
}

/** What was set on the way from the company down, what became of it, by whom, when and why. */
export function Chain({ tree, policy, steps }: ChainProps) {
  const text = usePolicyText()
  const isDefault = !steps.some(({ state }) => state === 'counts')
  return (
    <ol className={styles.chain}>
      <li className={classes(styles.step, isDefault && styles.counts)}>
        {isDefault ? <CircleCheck /> : <Minus />}
        <span className={styles.stepValue}>
          {isDefault ? text.value(policy, policy.default) : <s>{text.value(policy, policy.default)}</s>}
        </span>
        <StateWord state={isDefault ? 'counts' : 'replaced'} />
        <small>
          <Trans>The settings of this site, where no unit says anything</Trans>
        </small>
      </li>
      {steps.map(step => (
        <Step key={step.said.id} tree={tree} policy={policy} step={step} />
      ))}
    </ol>
  )
}

function Step({ tree, policy, step: { said, state } }: { tree: OrgTree; policy: PolicyView; step: PolicyStep }) {
  const text = usePolicyText()
  const times = useTimes()
  const value = text.value(policy, said.value ?? policy.default)
  const counts = state === 'counts'
  return (
    <li className={classes(styles.step, counts && styles.counts)}>
      {said.locked ? <Lock /> : counts ? <CircleCheck /> : <Minus />}
      <span className={styles.stepValue}>
        {state === 'replaced' || state === 'locked_out' ? <s>{value}</s> : value}
      </span>
      <StateWord state={state} />
      <small>
        {tree.units.get(said.unit)?.name}
        {said.subject && ` · ${text.subject(said.subject)}`}
        {' · '}
        <PersonName id={said.person} />
        {' · '}
        <time title={times.full(said.id)}>{times.list(said.id)}</time>
        {said.locked && (
          <>
            {' · '}
            <Trans>fixed for all below</Trans>
          </>
        )}
      </small>
      {said.reason && (
        <small>
          <Trans>Reason: {said.reason}</Trans>
        </small>
      )}
    </li>
  )
}

/** Never by colour alone. */
function StateWord({ state }: { state: PolicyState }) {
  const { t } = useLingui()
  const words: Record<PolicyState, string> = {
    counts: t`counts`,
    replaced: t`replaced`,
    locked_out: t`without effect`,
    for_others: t`for these only`,
  }
  return <span className={styles.state}>{words[state]}</span>
}
