import { useLingui } from '@lingui/react/macro'
import type { UnitKind } from '@/core/api'

/** What a kind of unit is called. */
export function useKindLabel(): (kind: UnitKind) => string {
  const { t } = useLingui()
  return kind => ({ company: t`Company`, branch: t`Branch`, department: t`Department`, team: t`Team` })[kind]
}
