import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { Id } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { useMe } from '@/core/session'
import { isWithin } from '@/features/contacts'
import { Banner, Button, Empty, Field } from '@/ui'
import { UnitPicker } from '../pickers/UnitPicker'
import type { SectionProps } from '../scope'
import { topsOf } from '../scope'
import { GrantDialog } from './GrantDialog'
import { GrantTable } from './GrantTable'
import { grantsQuery } from './queries'
import styles from './roles.module.css'

/** Who has which role, over the part of the company that is chosen at the top. */
export function RolesSection({ tree }: SectionProps) {
  const { t } = useLingui()
  const me = useMe()
  const navigate = useNavigate()
  const { unit } = useSearch({ strict: false })
  const [giving, setGiving] = useState(false)
  const tops = topsOf(tree, me, 'identity.grant')
  const inScope = unit !== undefined && tops.some(top => isWithin(tree, unit, top.id))
  const scope = inScope ? unit : (tops[0]?.id ?? '')
  const grants = useQuery(grantsQuery(scope))
  const text = useProblemText()
  const show = (id: Id | undefined) =>
    void navigate({ to: '/administration/$section', params: { section: 'roles' }, search: { unit: id } })
  return (
    <div className={styles.section}>
      <div className={styles.tools}>
        <Field label={t`Part of the company`} className={styles.scope}>
          <UnitPicker tree={tree} tops={tops} value={scope} onValueChange={show} />
        </Field>
        <Button variant="primary" icon={<UserPlus />} onClick={() => setGiving(true)}>
          <Trans>Give a role</Trans>
        </Button>
      </div>
      <p className={styles.hint}>
        <Trans>A role holds for its unit and everything below it. Nobody can give more than they hold.</Trans>
      </p>
      {grants.error && <Banner tone="danger">{text(grants.error)}</Banner>}
      <GrantTable
        tree={tree}
        holders={grants.data ?? []}
        empty={grants.isSuccess && <Empty title={<Trans>Nobody has a role here</Trans>} />}
      />
      {giving && (
        <GrantDialog
          tree={tree}
          tops={tops}
          unit={scope}
          onGiven={given => !isWithin(tree, given, scope) && show(undefined)}
          onClose={() => setGiving(false)}
        />
      )}
    </div>
  )
}
