import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronDown, X } from 'lucide-react'
import type { UnderstoodFilter } from '@/core/api'
import { useMe } from '@/core/session'
import { useToldApart } from '@/features/contacts'
import { useConversations } from '@/log'
import { Avatar, Button, Menu, MenuItem } from '@/ui'
import { useFilterText } from '../filter-text'
import { withFilter, withoutFilter, withoutFilters, withoutNames } from '../query'
import type { Search } from '../useSearch'
import { useTitleOf } from '../useTitleOf'
import styles from './search.module.css'

export interface FiltersProps {
  query: string
  search: Search
  onChange: (query: string) => void
}

const mostOffered = 12

/** The filters of the query as buttons, and those that can be added. */
export function Filters({ query, search, onChange }: FiltersProps) {
  const { t } = useLingui()
  const filters = search.first?.filters ?? []
  const has = (value: string) => filters.some(each => each.filter === 'has' && each.value.toLowerCase() === value)
  const toggles = [
    { value: 'link', label: t`With a link` },
    { value: 'mention', label: t`@me` },
    { value: 'code', label: t`With code` },
  ]
  return (
    <div className={styles.chips}>
      {filters.map(each => (
        <FilterChip
          key={`${each.negative}${each.filter}${each.value}`}
          filter={each}
          onRemove={() => onChange(withoutFilter(query, each.value, each.negative))}
        />
      ))}
      <SenderMenu query={query} search={search} onChange={onChange} />
      <ConversationMenu query={query} onChange={onChange} />
      <TimeMenu query={query} onChange={onChange} />
      {toggles
        .filter(({ value }) => !has(value))
        .map(({ value, label }) => (
          <button
            key={value}
            type="button"
            className={styles.chip}
            onClick={() => onChange(withFilter(query, 'has', value))}
          >
            {label}
          </button>
        ))}
      {filters.length > 0 && (
        <Button size="small" variant="ghost" onClick={() => onChange(withoutFilters(query))}>
          <Trans>Clear filters</Trans>
        </Button>
      )}
    </div>
  )
}

function FilterChip({ filter, onRemove }: { filter: UnderstoodFilter; onRemove: () => void }) {
  const { t } = useLingui()
  const text = useFilterText(filter)
  return (
    <button type="button" className={styles.chip} data-on onClick={onRemove} aria-label={t`Remove the filter ${text}`}>
      <b>{text}</b>
      <X aria-hidden="true" />
    </button>
  )
}

function SenderMenu({ query, search, onChange }: FiltersProps) {
  const nameOf = useToldApart()
  const me = useMe().person.id
  const senders = [...new Set([me, ...search.hits.map(({ sender }) => sender)])].slice(0, mostOffered)
  return (
    <Menu trigger={<MenuChip label={<Trans>Sender</Trans>} />}>
      {senders.map(id => (
        <MenuItem
          key={id}
          icon={<Avatar id={id} name={nameOf(id)} size={20} />}
          onClick={() => onChange(withFilter(query, 'from', `@${id}`))}
        >
          {nameOf(id)}
        </MenuItem>
      ))}
    </Menu>
  )
}

function ConversationMenu({ query, onChange }: Omit<FiltersProps, 'search'>) {
  const titleOf = useTitleOf()
  const conversations = useConversations().slice(0, mostOffered)
  return (
    <Menu trigger={<MenuChip label={<Trans>Conversation</Trans>} />}>
      {conversations.map(({ id }) => (
        <MenuItem key={id} onClick={() => onChange(withFilter(query, 'in', `@${id}`))}>
          {titleOf(id)}
        </MenuItem>
      ))}
    </Menu>
  )
}

function TimeMenu({ query, onChange }: Omit<FiltersProps, 'search'>) {
  const { t } = useLingui()
  const since = (days: number) => new Date(Date.now() - days * 86_400_000).toLocaleDateString('sv')
  const choices = [
    { label: t`Today`, value: since(0) },
    { label: t`Last 7 days`, value: since(6) },
    { label: t`Last 30 days`, value: since(29) },
  ]
  return (
    <Menu trigger={<MenuChip label={<Trans>Date</Trans>} />}>
      {choices.map(({ label, value }) => (
        <MenuItem
          key={value}
          onClick={() => onChange(withFilter(withoutNames(query, ['before', 'after']), 'after', value))}
        >
          {label}
        </MenuItem>
      ))}
    </Menu>
  )
}

function MenuChip({ label, ...rest }: { label: React.ReactNode } & React.ComponentPropsWithRef<'button'>) {
  return (
    <button type="button" {...rest} className={styles.chip}>
      {label}
      <ChevronDown aria-hidden="true" />
    </button>
  )
}
