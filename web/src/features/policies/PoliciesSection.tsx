import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Id } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { useMe } from '@/core/session'
import { isWithin, nodeOf, UnitTree } from '@/features/contacts'
import { type SectionProps, topsOf, UnitPicker } from '@/features/organisation'
import { useLive } from '@/log'
import { Banner, Button, classes } from '@/ui'
import { PolicyList } from './PolicyList'
import { PolicyPanel } from './PolicyPanel'
import styles from './policies.module.css'

/** The units whose policies I set at the left, the policies of the chosen one, and why one of them is what it is. */
export function PoliciesSection({ tree }: SectionProps) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { unit, open } = useSearch({ strict: false })
  const tops = topsOf(tree, useMe(), 'policies.manage')
  const inScope = unit !== undefined && tops.some(top => isWithin(tree, unit, top.id))
  const current = inScope ? unit : (tops[0]?.id ?? '')
  const { data, error, refetch } = useLive('GET /policies', { query: { unit: current } })
  const text = useProblemText()
  const show = (search: { unit: Id; open?: string }) =>
    void navigate({ to: '/administration/$section', params: { section: 'policies' }, search })
  const node = nodeOf(tree, current)
  const chosen = data?.policies.find(({ name }) => name === open)
  const counts = new Map(data?.counts.map(({ unit: id, own }) => [id, own]))
  if (!node) return null
  return (
    <div className={classes(styles.section, chosen && styles.withPanel)}>
      <div className={styles.tree}>
        <UnitTree
          tree={tree}
          roots={tops}
          selected={current}
          onSelect={id => show({ unit: id, open })}
          renderEnd={({ id }) => <OwnCount count={counts.get(id) ?? 0} />}
        />
      </div>
      <div className={styles.main}>
        <div className={styles.picker}>
          <UnitPicker
            tree={tree}
            tops={tops}
            value={current}
            onValueChange={id => show({ unit: id, open })}
            aria-label={t`Part of the company`}
          />
        </div>
        {error && (
          <Banner tone="danger" action={<Button onClick={() => void refetch()}>{<Trans>Retry</Trans>}</Button>}>
            {text(error)}
          </Banner>
        )}
        {data && (
          <PolicyList
            tree={tree}
            unit={node.unit}
            policies={data.policies}
            selected={open}
            onSelect={name => show({ unit: current, open: name })}
          />
        )}
      </div>
      {chosen && (
        <PolicyPanel
          key={`${current} ${chosen.name}`}
          tree={tree}
          unit={node.unit}
          policy={chosen}
          onClose={() => show({ unit: current })}
        />
      )}
    </div>
  )
}

function OwnCount({ count }: { count: number }) {
  return (
    count > 0 && (
      <small className={styles.count}>
        <Trans>{count} own</Trans>
      </small>
    )
  )
}
