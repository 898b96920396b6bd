import { useLingui } from '@lingui/react/macro'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { Field, FieldGroup, Input, SearchSelect, Select, Textarea } from '@/ui'
import { Section } from './Section'
import { people } from './samples'

export function FieldsSection() {
  const { t } = useLingui()
  const [name, setName] = useState('陈思远')
  const [role, setRole] = useState<'owner' | 'admin' | 'member' | null>(null)
  return (
    <Section title={t`Fields`}>
      <FieldGroup>
        <Field label={t`Name`} required hint={t`As colleagues know you`}>
          <Input value={name} onValueChange={setName} />
        </Field>
        <Field label={t`Login`} error={t`This login is taken; choose another`}>
          <Input defaultValue="chen" />
        </Field>
        <Field label={t`Search`}>
          <Input icon={<Search />} placeholder={t`Search people`} />
        </Field>
        <Field label={t`Role`}>
          <Select
            value={role}
            onValueChange={setRole}
            placeholder={t`Choose a role`}
            options={[
              { value: 'owner', label: t`Owner` },
              { value: 'admin', label: t`Administrator` },
              { value: 'member', label: t`Member` },
            ]}
          />
        </Field>
        <Field label={t`Person`}>
          <PersonSelect />
        </Field>
        <Field label={t`Notes`} disabled>
          <Textarea defaultValue="每周日 10:00 经营周会。" />
        </Field>
      </FieldGroup>
    </Section>
  )
}

function PersonSelect() {
  const { t } = useLingui()
  const [person, setPerson] = useState<(typeof people)[number] | null>(null)
  const [query, setQuery] = useState('')
  return (
    <SearchSelect
      value={person}
      onValueChange={setPerson}
      options={people.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))}
      onQueryChange={setQuery}
      labelOf={({ name }) => name}
      renderOption={({ name }) => name}
      placeholder={t`Search people`}
      empty={t`Nothing found`}
      clearLabel={t`Clear`}
    />
  )
}
