import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Id } from '@/core/api'
import { useMe } from '@/core/session'
import { pathOf, unitsQuery } from '@/features/contacts'
import { Avatar, Banner } from '@/ui'
import styles from '../settings.module.css'

/** Who I am, as colleagues see me. */
export function ProfileSection() {
  const { person, login } = useMe()
  return (
    <>
      <div className={styles.profile}>
        <Avatar id={person.id} name={person.name} size={80} />
        <div>
          <p className={styles.name}>{person.name}</p>
          <p className={styles.quiet}>{person.title}</p>
        </div>
      </div>
      <dl className={styles.facts}>
        <Fact term={<Trans>Login</Trans>}>{login}</Fact>
        <Fact term={<Trans>Email</Trans>}>{person.email}</Fact>
        <Fact term={<Trans>Phone</Trans>}>{person.phone}</Fact>
        {person.units.map(({ unit, title, main }) => (
          <Fact key={unit} term={main ? <Trans>Department</Trans> : <Trans>Also in</Trans>}>
            <UnitPath unit={unit} />
            {!main && title && ` · ${title}`}
          </Fact>
        ))}
      </dl>
      <Banner>
        <Trans>Your administrator manages these details. Let them know if something is wrong.</Trans>
      </Banner>
    </>
  )
}

function Fact({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children || '–'}</dd>
    </>
  )
}

function UnitPath({ unit }: { unit: Id }) {
  const { data: tree } = useQuery(unitsQuery)
  return tree
    ? pathOf(tree, unit)
        .map(({ name }) => name)
        .join(' / ')
    : null
}
