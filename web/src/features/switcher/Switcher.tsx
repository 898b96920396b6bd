import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { shownKeys } from '@/core/keys'
import { CommandPalette, Kbd } from '@/ui'
import { ResultRow } from './ResultRow'
import type { Result, SectionId } from './results'
import styles from './switcher.module.css'
import { useOpenResult } from './useOpenResult'
import { useResults } from './useResults'

export interface SwitcherProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Finds conversations, people and commands by name, pinyin or initials, and goes there. */
export function Switcher({ open, onOpenChange }: SwitcherProps) {
  const { t } = useLingui()
  const [query, setQuery] = useState('')
  const sections = useResults(query, open)
  const titles = useSectionTitles()
  const openResult = useOpenResult()
  const change = (next: boolean) => {
    if (!next) setQuery('')
    onOpenChange(next)
  }
  const choose = ({ result }: { result: Result }, beside: boolean) => {
    change(false)
    openResult(result, beside)
  }
  return (
    <CommandPalette
      open={open}
      onOpenChange={change}
      label={t`Search and switch`}
      placeholder={t`Name, pinyin or initials; @ people, # groups, > commands`}
      query={query}
      onQueryChange={setQuery}
      groups={sections.map(({ id, items }) => ({
        id,
        title: titles[id],
        items: items.map(result => ({ id: result.id, result, content: <ResultRow result={result} /> })),
      }))}
      onChoose={choose}
      empty={query.trim() ? <Trans>Nothing found for “{query}”</Trans> : <Trans>No conversations yet</Trans>}
      footer={hasKeyboard() ? <Keys /> : undefined}
    />
  )
}

function useSectionTitles(): Record<SectionId, string> {
  const { t } = useLingui()
  return {
    unread: t`Unread`,
    recent: t`Recent`,
    people: t`People`,
    groups: t`Groups`,
    commands: t`Commands`,
    more: t`More people`,
  }
}

/** A phone has no keys to explain. */
function hasKeyboard(): boolean {
  return matchMedia('(pointer: fine)').matches
}

function Keys() {
  return (
    <span className={styles.keys}>
      <span>
        <Kbd keys="↑↓" /> <Trans>choose</Trans>
      </span>
      <span>
        <Kbd keys="Enter" /> <Trans>open</Trans>
      </span>
      <span>
        <Kbd keys={shownKeys('Ctrl+Enter')} /> <Trans>in a new window</Trans>
      </span>
      <span>
        <Kbd keys="Esc" /> <Trans>close</Trans>
      </span>
    </span>
  )
}
