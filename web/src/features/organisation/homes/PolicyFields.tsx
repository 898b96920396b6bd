import { Trans, useLingui } from '@lingui/react/macro'
import type { Leaves, PolicyKind } from '@/core/api'
import { Checkbox, Field, Select } from '@/ui'
import type { HomeFieldProps } from './HomeField'
import styles from './homes.module.css'
import { allLeaves, inherited, policyKinds } from './policy'
import { useLeavesWords } from './useLeavesWords'

/** What of a unit's people leaves their home site, and for which kinds of things. */
export function PolicyFields({ tree, unit, facts, form: { values, errors, set } }: HomeFieldProps) {
  const { t } = useLingui()
  const words = useLeavesWords()
  const above = (kind: PolicyKind) => inherited(tree, facts.policies, unit.id, kind)
  const shown: Leaves = values.leaves === 'inherited' ? above('conversation') : values.leaves
  const aboveName = words.name(above('conversation'))
  return (
    <>
      <Field label={t`What leaves the home site`} hint={words.hint(shown)}>
        <Select<Leaves | 'inherited'>
          value={values.leaves}
          onValueChange={leaves => set('leaves', leaves)}
          options={[
            {
              value: 'inherited',
              label: unit.parent === null ? t`Inherited (${aboveName})` : t`As the unit above (${aboveName})`,
            },
            ...allLeaves.map(leaves => ({ value: leaves, label: words.name(leaves) })),
          ]}
        />
      </Field>
      {values.leaves !== 'inherited' && (
        <fieldset className={styles.kinds}>
          <legend>
            <Trans>This concerns</Trans>
          </legend>
          {policyKinds.map(kind => (
            <Checkbox
              key={kind}
              label={words.kind(kind)}
              checked={values.kinds.includes(kind)}
              onCheckedChange={checked => set('kinds', withKind(values.kinds, kind, checked))}
            />
          ))}
          {errors.kinds && (
            <p className={styles.error} role="alert">
              {errors.kinds}
            </p>
          )}
        </fieldset>
      )}
    </>
  )
}

/** In their own order, so that the same choice is the same value. */
function withKind(kinds: readonly PolicyKind[], kind: PolicyKind, included: boolean): PolicyKind[] {
  return policyKinds.filter(each => (each === kind ? included : kinds.includes(each)))
}
