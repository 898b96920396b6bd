import { Trans, useLingui } from '@lingui/react/macro'
import type { RefObject } from 'react'
import { type Palette, PaletteList } from '@/ui'
import { ResultRow } from './ResultRow'
import type { Result, SectionId } from './results'
import styles from './switcher.module.css'
import { useOpenResult } from './useOpenResult'
import { useResults } from './useResults'

export interface SwitcherResultsProps {
  palette: Palette
  onClose: () => void
  /** Set to false when what was chosen takes the focus. */
  returnsFocus: RefObject<boolean>
}

/** What fits the text in the box. */
export function SwitcherResults({ palette, onClose, returnsFocus }: SwitcherResultsProps) {
  const { sections, answers, settled } = useResults(palette.query)
  const titles = useSectionTitles()
  const openResult = useOpenResult()
  const choose = ({ result }: { result: Result }, beside: boolean) => {
    returnsFocus.current = !openResult(result, beside)
    onClose()
  }
  const { query } = palette
  return (
    <PaletteList
      palette={palette}
      answers={answers}
      settled={settled}
      groups={sections.map(({ id, items }) => ({
        id,
        title: titles[id],
        items: items.map(result => ({ id: result.id, result, content: <ResultRow result={result} /> })),
      }))}
      onChoose={choose}
      empty={<Empty query={query} settled={settled && answers === query} />}
    />
  )
}

function Empty({ query, settled }: { query: string; settled: boolean }) {
  if (!query.trim()) return <Trans>No conversations yet</Trans>
  if (!settled) return null
  return (
    <>
      <Trans>Nothing found for “{query}”</Trans>
      <p className={styles.limits}>
        <Trans>Without the sign in front, messages are searched, too.</Trans>
      </p>
    </>
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
    search: t`Search`,
  }
}
