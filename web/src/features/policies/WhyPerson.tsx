import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Person, PolicyView } from '@/core/api'
import { useProblemText } from '@/core/problems'
import type { OrgTree } from '@/features/contacts'
import { PersonPicker } from '@/features/organisation'
import { useLive } from '@/log'
import { Banner, Field } from '@/ui'
import styles from './panel.module.css'
import { usePolicyText } from './usePolicyText'

/** What holds for one person, and which unit decided it. */
export function WhyPerson({ tree, policy }: { tree: OrgTree; policy: PolicyView }) {
  const { t } = useLingui()
  const [person, setPerson] = useState<Person | null>(null)
  return (
    <section>
      <Field label={t`What applies to a person`}>
        <PersonPicker tree={tree} value={person} onValueChange={setPerson} placeholder={t`Choose a person`} />
      </Field>
      {person && <Sentence tree={tree} policy={policy} person={person} />}
    </section>
  )
}

function Sentence({ tree, policy, person }: { tree: OrgTree; policy: PolicyView; person: Person }) {
  const text = usePolicyText()
  const problemText = useProblemText()
  const { data, error } = useLive('GET /policies/{policy}/people/{person}', {
    path: { policy: policy.name, person: person.id },
  })
  if (error) return <Banner tone="danger">{problemText(error)}</Banner>
  if (!data) return null
  const value = text.value(policy, data.value)
  const unit = data.said ? (tree.units.get(data.said.unit)?.name ?? '') : ''
  const subject = data.said?.subject ? text.subject(data.said.subject) : ''
  const { name } = person
  return (
    <p className={styles.why} role="status">
      {data.said === null && (
        <Trans>
          {name}: <strong>{value}</strong>, because no unit above says anything and the settings of this site count.
        </Trans>
      )}
      {data.said !== null && subject === '' && (
        <Trans>
          {name}: <strong>{value}</strong>, because <strong>{unit}</strong> says so.
        </Trans>
      )}
      {data.said !== null && subject !== '' && (
        <Trans>
          {name}: <strong>{value}</strong>, because <strong>{unit}</strong> says so for “{subject}”.
        </Trans>
      )}
    </p>
  )
}
