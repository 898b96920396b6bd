import { Trans, useLingui } from '@lingui/react/macro'
import { Search } from 'lucide-react'
import { useState } from 'react'
import type { PolicyView, Unit } from '@/core/api'
import { haystackOf, matchRank, needleOf } from '@/core/pinyin'
import type { OrgTree } from '@/features/contacts'
import { Empty, Input, Segmented } from '@/ui'
import { BorderRow } from './BorderRow'
import { PolicyRow } from './PolicyRow'
import styles from './policies.module.css'
import { usePolicyText } from './usePolicyText'
import { moduleWords } from './words'

export interface PolicyListProps {
  tree: OrgTree
  unit: Unit
  policies: readonly PolicyView[]
  selected?: string
  onSelect: (policy: string) => void
}

type Shown = 'all' | 'own' | 'locked'

/** The policies of a unit, by what they are about; found by their words. Arrows go through them. */
export function PolicyList({ tree, unit, policies, selected, onSelect }: PolicyListProps) {
  const { t, i18n } = useLingui()
  const text = usePolicyText()
  const [query, setQuery] = useState('')
  const [shown, setShown] = useState<Shown>('all')
  const own = policies.filter(isOwn)
  const locked = policies.filter(policy => policy.locked_by !== null)
  const needle = needleOf(query)
  const found = { all: policies, own, locked }[shown].filter(
    policy => !needle.name || matchRank(haystackOf(`${text.name(policy)} ${text.hint(policy)}`, ''), needle) !== null,
  )
  const modules = [...new Set(found.map(({ name }) => moduleOf(name)))]
  const label = (words: string, count: number) => `${words} ${count}`
  return (
    <>
      <div className={styles.tools}>
        <Input
          className={styles.filter}
          icon={<Search />}
          aria-label={t`Find a policy`}
          placeholder={t`Find a policy`}
          value={query}
          onValueChange={setQuery}
        />
        <Segmented<Shown>
          shape="pills"
          label={t`Which policies`}
          value={shown}
          onValueChange={setShown}
          options={[
            { value: 'all', label: label(t`All`, policies.length) },
            { value: 'own', label: label(t`Set here`, own.length) },
            { value: 'locked', label: label(t`Fixed above`, locked.length) },
          ]}
        />
      </div>
      {own.length === 0 && shown === 'all' && (
        <p className={styles.note}>
          <Trans>{unit.name} says nothing of its own: all is as above.</Trans>
        </p>
      )}
      <div className={styles.groups} data-rows>
        {modules.map(module => (
          <section key={module} aria-label={moduleWords[module] ? i18n._(moduleWords[module].name) : module}>
            <h3 className={styles.module}>
              {moduleWords[module] ? i18n._(moduleWords[module].name) : module}
              {moduleWords[module] && <small>{i18n._(moduleWords[module].hint)}</small>}
            </h3>
            {found
              .filter(({ name }) => moduleOf(name) === module)
              .map(policy => (
                <PolicyRow
                  key={policy.name}
                  tree={tree}
                  unit={unit}
                  policy={policy}
                  selected={policy.name === selected}
                  onSelect={() => onSelect(policy.name)}
                />
              ))}
          </section>
        ))}
        {shown === 'all' && !needle.name && <BorderRow tree={tree} unit={unit} />}
      </div>
      {found.length === 0 && <Empty title={<Trans>No policy found</Trans>} />}
    </>
  )
}

/** Whether the unit says something of its own, for everybody or for some. */
function isOwn(policy: PolicyView): boolean {
  return policy.own !== null || policy.special.length > 0
}

function moduleOf(name: string): string {
  return name.split('.', 1)[0] ?? name
}
