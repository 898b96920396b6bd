import { Plural, Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { PolicyExplanation, PolicyView } from '@/core/api'
import type { OrgTree } from '@/features/contacts'
import styles from './panel.module.css'
import { usePolicyText } from './usePolicyText'

export interface BelowProps {
  tree: OrgTree
  policy: PolicyView
  answer: PolicyExplanation
}

const shownCount = 20

/** Who follows this unit's value, and which units below have their own. */
export function Below({
  tree,
  policy,
  answer: { below, following_people: people, following_units: units },
}: BelowProps) {
  const text = usePolicyText()
  return (
    <section>
      <h4>
        <Trans>Here and below</Trans>
      </h4>
      <p>
        <Plural value={people} one="# person follows it" other="# people follow it" />
        {', '}
        <Plural value={units} _0="no further unit" one="in # further unit too" other="in # further units too" />
      </p>
      {below.length > 0 && (
        <ul className={styles.below}>
          {below.slice(0, shownCount).map(said => (
            <li key={said.id}>
              <Link
                to="/administration/$section"
                params={{ section: 'policies' }}
                search={{ unit: said.unit, open: policy.name }}
              >
                {tree.units.get(said.unit)?.name}
              </Link>
              {said.subject && ` · ${text.subject(said.subject)}`}
              <span>{text.value(policy, said.value ?? policy.default)}</span>
            </li>
          ))}
        </ul>
      )}
      {below.length > shownCount && (
        <small>
          <Plural value={below.length - shownCount} one="and # more" other="and # more" />
        </small>
      )}
    </section>
  )
}
