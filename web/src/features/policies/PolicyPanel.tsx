import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { PolicyView, Unit } from '@/core/api'
import { useShortcuts } from '@/core/keys'
import { useProblemText } from '@/core/problems'
import type { OrgTree } from '@/features/contacts'
import { useLive } from '@/log'
import { Banner, IconButton, Skeleton } from '@/ui'
import { Below } from './Below'
import { Chain } from './Chain'
import { Editor } from './Editor'
import { History } from './History'
import styles from './panel.module.css'
import { usePolicyText } from './usePolicyText'
import { WhyPerson } from './WhyPerson'

export interface PolicyPanelProps {
  tree: OrgTree
  unit: Unit
  policy: PolicyView
  onClose: () => void
}

/** One policy of a unit: its value and what another would change, where it comes from, and who below differs. */
export function PolicyPanel({ tree, unit, policy, onClose }: PolicyPanelProps) {
  const { t } = useLingui()
  const text = usePolicyText()
  const problemText = useProblemText()
  const { data, error } = useLive('GET /policies/{policy}', { path: { policy: policy.name }, query: { unit: unit.id } })
  const panel = useRef<HTMLElement>(null)
  const close = () => {
    onClose()
    return undefined
  }
  useShortcuts([{ keys: 'Escape', label: t`Close the policy`, group: t`Policies`, run: close }])
  useEffect(() => panel.current?.focus(), [])
  return (
    <aside ref={panel} tabIndex={-1} className={styles.panel} aria-label={text.name(policy)}>
      <header className={styles.panelHead}>
        <h3>{text.name(policy)}</h3>
        <IconButton icon={<X />} label={t`Close`} shortcut="Esc" onClick={onClose} />
      </header>
      <div className={styles.panelBody}>
        <p className={styles.meaning}>{text.hint(policy)}</p>
        <Editor tree={tree} unit={unit} policy={policy} />
        {error && <Banner tone="danger">{problemText(error)}</Banner>}
        {!data && !error && <Skeleton />}
        {data && (
          <>
            <section>
              <h4>
                <Trans>Where this value comes from</Trans>
              </h4>
              <Chain tree={tree} policy={data.policy} steps={data.steps} />
            </section>
            <Below tree={tree} policy={data.policy} answer={data} />
            <WhyPerson tree={tree} policy={data.policy} />
            <History policy={data.policy} sayings={data.history} />
          </>
        )}
      </div>
    </aside>
  )
}
