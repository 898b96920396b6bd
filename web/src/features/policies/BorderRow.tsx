import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { CircleDot, CornerLeftUp } from 'lucide-react'
import { Suspense, useState } from 'react'
import type { Unit } from '@/core/api'
import { useMe } from '@/core/session'
import { useHasOtherSites } from '@/core/sites'
import { homesQuery, type OrgTree } from '@/features/contacts'
import { borderOf, HomeDialog, inheritedBorder, mayOver, useLeavesWords } from '@/features/organisation'
import { classes } from '@/ui'
import { moveBetweenRows } from './between-rows'
import styles from './policies.module.css'

/** What leaves the home site of a unit's people, in a company of several sites: set with the home, shown with the rest. */
export function BorderRow({ tree, unit }: { tree: OrgTree; unit: Unit }) {
  const { t } = useLingui()
  const words = useLeavesWords()
  const hasOthers = useHasOtherSites()
  const { data: homes } = useQuery({ ...homesQuery, enabled: hasOthers })
  const maySet = mayOver(tree, useMe(), 'sites.manage', unit.id)
  const [open, setOpen] = useState(false)
  if (!hasOthers || !homes) return null
  const own = borderOf(homes.policies, unit.id)
  const leaves = own?.leaves ?? inheritedBorder(tree, homes.policies, unit.id, 'conversation')
  return (
    <section aria-label={t`Sites`}>
      <h3 className={styles.module}>
        <Trans>Sites</Trans>
        <small>
          <Trans>Where the data of these people may be</Trans>
        </small>
      </h3>
      <button
        type="button"
        data-row
        onKeyDown={moveBetweenRows}
        className={styles.row}
        disabled={!maySet}
        onClick={() => setOpen(true)}
      >
        <span className={styles.what}>
          <span>
            <Trans>What leaves the home site</Trans>
          </span>
          <small>{words.hint(leaves)}</small>
        </span>
        <span className={classes(styles.value, own && styles.own)}>{words.name(leaves)}</span>
        <span className={classes(styles.source, own && styles.here)}>
          {own ? <CircleDot /> : <CornerLeftUp />}
          <span>{own ? <Trans>Set here</Trans> : <Trans>As above</Trans>}</span>
        </span>
      </button>
      {open && (
        <Suspense>
          <HomeDialog tree={tree} unit={unit} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  )
}
