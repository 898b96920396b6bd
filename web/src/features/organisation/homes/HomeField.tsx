import { useLingui } from '@lingui/react/macro'
import type { Unit } from '@/core/api'
import type { Form } from '@/core/forms'
import { foundingSite } from '@/core/sites'
import type { OrgTree } from '@/features/contacts'
import { Field, Select } from '@/ui'
import type { HomeFacts, HomeValues } from './HomeDialog'

export interface HomeFieldProps {
  tree: OrgTree
  unit: Unit
  facts: HomeFacts
  form: Form<HomeValues>
}

/** The Select has no empty value. */
const asAbove = 'above'

/** At which site a unit is at home. */
export function HomeField({ unit, facts: { sites, homes }, form: { values, errors, set } }: HomeFieldProps) {
  const { t } = useLingui()
  const nameOf = (number: number) => sites.find(site => site.number === number)?.name ?? `#${number}`
  const inherited = nameOf((unit.parent !== null && homes.get(unit.parent)?.site) || foundingSite)
  const offered = sites.filter(({ state, number }) => state === 'joined' || String(number) === values.site)
  return (
    <Field
      label={t`Home site`}
      error={errors.site}
      hint={t`The people of this unit and below work at this site, and it decides about them when the line is cut.`}
    >
      <Select
        value={values.site || asAbove}
        onValueChange={site => set('site', site === asAbove ? '' : site)}
        options={[
          {
            value: asAbove,
            label: unit.parent === null ? t`Inherited (${inherited})` : t`As the unit above (${inherited})`,
          },
          ...offered.map(({ number, name }) => ({ value: String(number), label: name })),
        ]}
      />
    </Field>
  )
}
